// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sendlist/list_file.h"

#include "app/filtering/event_fields.h"
#include "app/rules/text_file.h"
#include "app/storage/input_bytes.h"
#include "protocol/protocols/registry.h"

#include <QDir>
#include <QFileInfo>

namespace sockeye {

rules::Surroundings listSurroundings(const ProtocolPtr& protocol, Transport transport, const QString& file)
{
    rules::Surroundings around;
    around.protocol = transport == Transport::Udp ? protocolForDatagrams(protocol) : protocol;
    around.schema = eventSchema(around.protocol->spokenBy(Sender::Server));
    if (!file.isEmpty()) {
        around.readFile = [folder = QFileInfo(file).absoluteDir()](const QString& name) {
            return inputBytes(folder.absoluteFilePath(name), rules::maxMade);
        };
    }
    return around;
}

QStringList ListFile::sentences(const QString& file) const
{
    return failure.isEmpty() ? sentencesOf(mistakes, text, file) : QStringList(failure);
}

ListFile readListText(const QString& text, const QString& file, const ProtocolPtr& protocol, Transport transport)
{
    ReadSendList read = readSendList(text, listSurroundings(protocol, transport, file));
    ListFile out;
    out.text = text;
    if (read.isRight()) {
        out.prepared = std::make_shared<const PreparedList>(std::move(read.prepared));
    }
    out.list = std::move(read.list);
    out.mistakes = std::move(read.mistakes);
    return out;
}

ListFile readListFile(const QString& file, const ProtocolPtr& protocol, Transport transport)
{
    const auto text = fileText(file);
    if (!text) {
        ListFile out;
        out.failure = text.error();
        return out;
    }
    return readListText(*text, file, protocol, transport);
}

} // namespace sockeye
