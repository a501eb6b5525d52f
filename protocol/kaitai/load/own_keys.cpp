// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/load/own_keys.h"

#include "protocol/content/text_codec.h"
#include "protocol/kaitai/base/words.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sockeye::kaitai {

namespace {

/// "16 MiB", "64 KiB", "1000"
std::optional<qint64> sizeOf(QByteArray text)
{
    constexpr std::array<std::pair<const char*, int>, 6> units { { { "GiB", 30 }, { "MiB", 20 }, { "KiB", 10 },
        { "bytes", 0 }, { "byte", 0 }, { "", 0 } } };
    for (const auto& [unit, shift] : units) {
        if (text.endsWith(unit)) {
            text.chop(static_cast<qsizetype>(std::char_traits<char>::length(unit)));
            bool ok = false;
            const qint64 number = text.trimmed().toLongLong(&ok);
            constexpr qint64 largest = qint64(1) << 40;
            return ok && number > 0 && number <= largest >> shift ? std::optional(number << shift) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<QByteArray> bytesOfHex(const QByteArray& text)
{
    QByteArray digits;
    for (const char c : text) {
        if (std::isxdigit(static_cast<uchar>(c)) != 0) {
            digits += c;
        } else if (std::isspace(static_cast<uchar>(c)) == 0) {
            return std::nullopt;
        }
    }
    return digits.size() % 2 == 0 ? std::optional(QByteArray::fromHex(digits)) : std::nullopt;
}

void readSelfTest(const Cursor& test, Module& module, Report& report)
{
    if (!test.expect(NodeKind::Map, report)) {
        return;
    }
    SelfTestRule rule;
    rule.place = test.place();
    for (std::size_t i = 0; i < test.count(); ++i) {
        const QByteArray key = test.keyText(i);
        if (key != "bytes" && key != "fields" && key != "error" && key != "sender") {
            report.add(test.value(i).place(),
                tr("There is no such key here; expected is one of: bytes, sender, fields, error."));
        }
    }
    const auto bytes = bytesOfHex(test["bytes"].scalar(report));
    if (!bytes) {
        report.add(test["bytes"].place(), tr("Bytes in hexadecimal were expected, not %1.").arg(test["bytes"].found()));
        return;
    }
    rule.bytes = *bytes;
    if (test.has("sender")) {
        const QByteArray sender = test["sender"].scalar(report);
        rule.sender = sender == "client" ? Sender::Client : sender == "server" ? Sender::Server : Sender::Either;
        if (rule.sender == Sender::Either) {
            report.add(
                test["sender"].place(), tr("client or server was expected, not %1.").arg(test["sender"].found()));
        }
    }
    rule.expectsError = test.has("error");
    rule.error = test["error"].text();
    const Cursor fields = test["fields"];
    if (fields.exists() && fields.expect(NodeKind::Map, report)) {
        for (std::size_t i = 0; i < fields.count(); ++i) {
            rule.fields.emplace_back(fields.keyText(i), fields.value(i).scalar(report));
        }
    }
    module.selfTests.push_back(std::move(rule));
}

QByteArray readShow(const Cursor& show, Report& report)
{
    constexpr std::array<const char*, 6> views { "json", "cbor", "msgpack", "text", "hex", "time" };
    const QByteArray name = show.scalar(report);
    // What a view can be told stands behind a colon: "text:gbk", "struct:>6si".
    const bool isKnown = std::any_of(views.begin(), views.end(), [&](const char* view) { return name == view; })
        || (name.startsWith("text:") && isKnownEncoding(name.sliced(5)))
        || (name.startsWith("struct:") && name.size() > 7);
    if (!isKnown) {
        report.add(
            show.place(), tr("One of json, cbor, msgpack, text, hex, time was expected, not %1.").arg(show.found()));
    }
    return name;
}

} // namespace

void readOwnMeta(const Cursor& meta, Module& module, Report& report)
{
    const auto name = [&](const char* key, std::pair<QByteArray, SourcePosition>& out) {
        if (meta.has(key)) {
            out = { meta[key].scalar(report), meta[key].place() };
        }
    };
    name("-client", module.clientType);
    name("-server", module.serverType);
    name("-pair", module.pair);
    if (meta.has("-max")) {
        module.maxSize = sizeOf(meta["-max"].scalar(report));
        if (!module.maxSize) {
            report.add(
                meta["-max"].place(), tr("A size such as 16 MiB was expected, not %1.").arg(meta["-max"].found()));
        }
    }
    const Cursor tests = meta["-self-test"];
    if (tests.exists() && tests.expect(NodeKind::List, report)) {
        for (std::size_t i = 0; i < tests.count(); ++i) {
            readSelfTest(tests.item(i), module, report);
        }
    }
}

void readOwnKeys(const Cursor& yaml, Attribute& attribute, Report& report)
{
    attribute.doc = yaml["doc"].text();
    if (yaml.has("-value")) {
        attribute.ownValue = yaml["-value"].expression(report);
    }
    if (yaml.has("-show")) {
        attribute.show = readShow(yaml["-show"], report);
    }
    const Cursor rule = yaml["-checksum"];
    if (!rule.exists() || !rule.expect(NodeKind::Map, report)) {
        return;
    }
    attribute.checksum.place = rule.place();
    const Cursor algorithm = rule["algorithm"];
    attribute.checksum.algorithm = checksumNamed(algorithm.scalar(report));
    if (attribute.checksum.algorithm == nullptr) {
        report.add(algorithm.place(),
            tr("There is no checksum %1; crc-32/iso-hdlc, for example, is one.").arg(algorithm.found()));
    }
    attribute.checksum.from = rule["from"].scalar(report);
    attribute.checksum.to = rule["to"].scalar(report);
}

void readOwnKeys(const Cursor& yaml, TypeSpec& type, Report& report)
{
    type.doc = yaml["doc"].text();
    if (yaml.has("-summary")) {
        type.summary = yaml["-summary"].expression(report);
    }
    if (yaml.has("-show")) {
        type.show = readShow(yaml["-show"], report);
    }
}

} // namespace sockeye::kaitai
