// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/descriptions/protocol_files.h"

#include "app/descriptions/description_file.h"
#include "app/storage/input_bytes.h"
#include "app/tls/file_stamp.h"
#include "protocol/protocols/described/described_protocol.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QStandardPaths>

#include <algorithm>
#include <mutex>

namespace sockeye {

namespace {

constexpr QLatin1StringView suffix(".ksy");

/// A file as it was read last.
struct Known {
    ProtocolPtr protocol;
    QString stamp;
};

struct KnownFiles {
    std::mutex mutex;
    QHash<QString, Known> byFile;
};

KnownFiles& known()
{
    static KnownFiles files;
    return files;
}

QString ownFolder()
{
    return QStringLiteral(":/sockeye/protocols");
}

} // namespace

QString protocolFile(const QString& name)
{
    QStringList candidates;
    if (name.endsWith(suffix)) {
        candidates.append(name);
    }
    // A name without a folder is looked up where descriptions are kept.
    if (!name.contains(u'/') && !name.isEmpty()) {
        const QString file = name.endsWith(suffix) ? name : QString(name + suffix);
        candidates.append({ QString(protocolFolder() + u'/' + file), QString(ownFolder() + u'/' + file) });
    }
    const auto found = std::find_if(
        candidates.cbegin(), candidates.cend(), [](const QString& each) { return QFileInfo(each).isFile(); });
    return found != candidates.cend() ? *found : QString();
}

namespace {

/// What the protocol is asked for by: what lies in the known folders by its name alone, so that it can move with them.
QString nameFor(const QString& file)
{
    const QFileInfo info(file);
    for (const QString& folder : { protocolFolder(), ownFolder() }) {
        if (info.path() == folder) {
            return info.fileName();
        }
    }
    return file;
}

QString linesOf(const QList<kaitai::Mistake>& mistakes)
{
    constexpr qsizetype most = 20;
    QStringList lines;
    for (const kaitai::Mistake& each : mistakes.first(std::min(mistakes.size(), most))) {
        lines.append(kaitai::describe(each));
    }
    return lines.join(u'\n');
}

const DescribedProtocol* described(const ProtocolPtr& protocol)
{
    return dynamic_cast<const DescribedProtocol*>(protocol.get());
}

} // namespace

QString protocolFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/Sockeye/protocols");
}

tl::expected<ProtocolPtr, QString> protocolFromFile(const QString& name)
{
    const QString file = protocolFile(name);
    if (file.isEmpty()) {
        if (!name.endsWith(suffix)) {
            return ProtocolPtr();
        }
        return tl::unexpected(QCoreApplication::translate("descriptions",
            "There is no file \"%1\" (ENOENT), neither here nor in %2, and none of that name comes with "
            "Sockeye.")
                                  .arg(visibleText(name.left(200)), protocolFolder()));
    }
    const std::lock_guard lock(known().mutex);
    const auto before = known().byFile.constFind(file);
    if (before != known().byFile.constEnd()) {
        const DescribedProtocol& protocol = *described(before->protocol);
        if (before->stamp == fileStamp(protocol.description().files())) {
            return before->protocol;
        }
    }
    const auto loaded = loadDescription(file);
    if (!loaded) {
        return tl::unexpected(linesOf(loaded.error()));
    }
    Known fresh { std::make_shared<const DescribedProtocol>(nameFor(file), *loaded), fileStamp((*loaded)->files()) };
    addProtocol(fresh.protocol);
    known().byFile.insert(file, fresh);
    return fresh.protocol;
}

tl::expected<ProtocolPtr, QString> protocolFromStream(const QString& name)
{
    const auto text = inputBytes(name, largestDescription);
    if (!text) {
        return tl::unexpected(text.error());
    }
    const auto loaded = loadDescription(name, *text);
    if (!loaded) {
        return tl::unexpected(linesOf(loaded.error()));
    }
    ProtocolPtr protocol = std::make_shared<const DescribedProtocol>(name, *loaded);
    addProtocol(protocol);
    return protocol;
}

void useProtocolFiles()
{
    setProtocolFinder(&protocolFromFile);
}

QString doubtsAbout(const ProtocolPtr& protocol)
{
    const DescribedProtocol* const described = sockeye::described(protocol);
    return described ? linesOf(described->description().warnings() + described->description().selfTest()) : QString();
}

QStringList filesOf(const ProtocolPtr& protocol)
{
    const DescribedProtocol* const described = sockeye::described(protocol);
    if (!described) {
        return {};
    }
    QStringList files = described->description().files();
    files.removeIf([](const QString& each) { return each.startsWith(u':'); });
    return files;
}

QStringList protocolFileNames()
{
    QStringList names;
    for (const QString& folder : { ownFolder(), protocolFolder() }) {
        names += QDir(folder).entryList({ QString(u'*' + suffix) }, QDir::Files | QDir::Readable, QDir::Name);
    }
    names.removeDuplicates();
    return names;
}

} // namespace sockeye
