// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/kaitai/tree_text.h"
#include "protocol/protocols/described/described_protocol.h"
#include "shipped_descriptions.h"

#include <QByteArrayView>

// Values for a message of a description that comes along, as JSON or as lines PATH=VALUE. The first byte chooses the
// description. They make a message or a sentence; what is made and fits comes back the same.

using namespace sockeye;
using namespace sockeye::kaitai;

namespace {

void checkBuilt(const Description& description, Sender sender, const QByteArray& message)
{
    const Tree tree = description.decode(message, {}, sender);
    const QByteArray json = toJson(tree);
    if (tree.faults.empty() && tree.size == message.size() && keepsBytes(json)) {
        const auto again = description.build(json, {}, sender);
        require(again.has_value() && *again == message, "what was built is built to other bytes");
    }
}

QList<FieldValue> valuesOfLines(const QByteArray& text)
{
    QList<FieldValue> out;
    for (const QByteArray& line : text.split('\n')) {
        const qsizetype equals = line.indexOf('=');
        if (equals > 0) {
            out.append(FieldValue { line.first(equals), QString::fromUtf8(line.mid(equals + 1)) });
        }
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const auto& description = chosenDescription(data[0]);
    const Sender sender = chosenSender(data[0]);
    const QByteArray text(reinterpret_cast<const char*>(data) + 1, static_cast<qsizetype>(size) - 1);
    const auto built = description->build(text, {}, sender);
    require(built.has_value() || !describe(built.error()).isEmpty(), "refused without a word");
    if (built) {
        checkBuilt(*description, sender, *built);
    }
    const DescribedProtocol protocol(QStringLiteral("x"), description);
    const auto byPath = protocol.spokenBy(sender).build(valuesOfLines(text));
    require(byPath.has_value() || !byPath.error().isEmpty(), "refused without a word");
    if (byPath) {
        checkBuilt(*description, sender, *byPath);
    }
    return 0;
}
