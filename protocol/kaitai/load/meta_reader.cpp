// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/load/meta_reader.h"

#include "protocol/content/text_codec.h"
#include "protocol/kaitai/expression/parser.h"
#include "protocol/kaitai/load/own_keys.h"
#include "protocol/kaitai/base/words.h"

#include <array>

namespace sockeye::kaitai {

namespace {

/// The release of the language that is read.
constexpr std::array<int, 3> languageVersion { 0, 12, 0 };
constexpr std::array<int, 3> oldestVersion { 0, 6, 0 };

void readVersion(const Cursor& version, Report& report)
{
    QByteArray text = version.scalar(report);
    if (text.isEmpty()) {
        return;
    }
    // To YAML 0.10 without quotes is the number 0.1, and other tools see that.
    if (!version.isQuoted() && text.count('.') == 1) {
        while (text.endsWith('0') && !text.endsWith(".0")) {
            text.chop(1);
        }
    }
    std::array<int, 3> wanted {};
    const QList<QByteArray> parts = text.split('.');
    bool ok = parts.size() == 2 || parts.size() == 3;
    for (qsizetype i = 0; ok && i < parts.size(); ++i) {
        bool isNumber = false;
        wanted[static_cast<std::size_t>(i)] = parts[i].toInt(&isNumber);
        ok = isNumber && QByteArray::number(wanted[static_cast<std::size_t>(i)]) == parts[i];
    }
    if (!ok) {
        report.add(version.place(), tr("A version such as 0.11 was expected, not %1.").arg(version.found()));
    } else if (wanted < oldestVersion) {
        report.add(version.place(),
            tr("There is no version %1 of the language: 0.6 is the oldest (0.10 needs quotes).")
                .arg(QString::fromUtf8(text)));
    } else if (wanted > languageVersion) {
        report.add(version.place(),
            tr("The description needs version %1 of the language, but only 0.12 is known.")
                .arg(QString::fromUtf8(text)));
    }
}

void readOrder(const Cursor& endian, TypeSpec& type, Report& report)
{
    if (endian.is(NodeKind::Map)) {
        endian.expectKeys({ "switch-on", "cases" }, report);
        type.order.kind = ByteOrderRule::Kind::Switch;
        type.orderOwner = &type;
        type.order.switchOn = endian["switch-on"].expression(report);
        const Cursor cases = endian["cases"];
        if (!cases.expect(NodeKind::Map, report)) {
            return;
        }
        for (std::size_t i = 0; i < cases.count(); ++i) {
            const Cursor order = cases.value(i);
            ByteOrderRule::Choice choice;
            choice.isElse = cases.keyText(i) == "_";
            if (!choice.isElse) {
                choice.key = Cursor(&cases.key(i), cases.file(), order.place().path).expression(report);
            }
            choice.isLittle = order.text() == "le";
            if (!choice.isLittle && order.text() != "be") {
                report.add(order.place(), tr("“be” or “le” was expected, not %1.").arg(order.found()));
            }
            type.order.choices.push_back(std::move(choice));
        }
    } else if (endian.text() == "le" || endian.text() == "be") {
        type.orderOwner = nullptr;
        type.order.kind = endian.text() == "le" ? ByteOrderRule::Kind::Little : ByteOrderRule::Kind::Big;
    } else {
        report.add(endian.place(),
            tr("“le”, “be” or a map with “switch-on” and “cases” was expected, not %1.").arg(endian.found()));
    }
}

void readImports(const Cursor& imports, Module& module, Report& report)
{
    if (!imports.expect(NodeKind::List, report)) {
        return;
    }
    for (std::size_t i = 0; i < imports.count(); ++i) {
        const QByteArray name = imports.item(i).scalar(report);
        if (!name.isEmpty()) {
            module.imports.emplace_back(name, imports.item(i).place());
        }
    }
}

void inherit(TypeSpec& type)
{
    if (type.up != nullptr) {
        // The expressions of a switch belong to the type that has it.
        type.order.kind = type.up->order.kind;
        type.orderOwner = type.up->orderOwner;
        type.encoding = type.up->encoding;
        type.bitsLittle = type.up->bitsLittle;
    }
}

} // namespace

void readMeta(const Cursor& meta, TypeSpec& type, Module* module, Report& report)
{
    inherit(type);
    if (!meta.exists() && module == nullptr) {
        return;
    }
    if (!meta.is(NodeKind::Map)) {
        if (meta.exists()) {
            (void)meta.expect(NodeKind::Map, report);
        } else {
            report.add(meta.place(), tr("A description needs “meta” with an “id”."));
        }
        return;
    }
    meta.expectKeys(
        { "id", "title", "application", "file-extension", "xref", "license", "tags", "ks-version", "ks-debug",
            "ks-opaque-types", "ks-zero-copy-substream", "imports", "encoding", "endian", "bit-endian" },
        report);
    if (meta.has("endian")) {
        readOrder(meta["endian"], type, report);
    }
    if (meta.has("bit-endian")) {
        const Cursor order = meta["bit-endian"];
        type.bitsLittle = order.text() == "le";
        if (!type.bitsLittle && order.text() != "be") {
            report.add(order.place(), tr("“be” or “le” was expected, not %1.").arg(order.found()));
        }
    }
    if (meta.has("encoding")) {
        type.encoding = meta["encoding"].scalar(report);
        if (!type.encoding.isEmpty() && !isKnownEncoding(type.encoding)) {
            report.warn(meta["encoding"].place(), tr("There is no encoding %1.").arg(quoted(type.encoding)));
        }
    }
    if (module == nullptr) {
        return;
    }
    if (!meta.has("id")) {
        report.add(meta.place(), tr("“meta” needs an “id”."));
    } else {
        type.name = meta["id"].scalar(report);
        if (!isIdentifier(type.name)) {
            report.add(meta["id"].place(),
                tr("An id of lower-case letters, digits and underscores was expected, not %1.").arg(quoted(type.name)));
        }
    }
    module->title = QString::fromUtf8(meta["title"].text());
    if (meta.has("ks-version")) {
        readVersion(meta["ks-version"], report);
    }
    module->opaqueTypes = meta["ks-opaque-types"].boolean(false, report);
    if (meta.has("imports")) {
        readImports(meta["imports"], *module, report);
    }
    readOwnMeta(meta, *module, report);
}

} // namespace sockeye::kaitai
