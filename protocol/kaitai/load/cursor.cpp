// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/load/cursor.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/model/parser.h"

#include <algorithm>

namespace sockeye::kaitai {

namespace {

constexpr qsizetype mostMistakes = 50;

} // namespace

void Report::add(SourcePosition place, const QString& text)
{
    add(Mistake { std::move(place), text });
}

void Report::add(const Mistake& mistake)
{
    if (m_mistakes.size() < mostMistakes && !m_mistakes.contains(mistake)) {
        m_mistakes.append(mistake);
    }
}

void Report::warn(SourcePosition place, const QString& text)
{
    const Mistake mistake { std::move(place), text, true };
    if (m_warnings.size() < mostMistakes && !m_warnings.contains(mistake)) {
        m_warnings.append(mistake);
    }
}

SourcePosition Cursor::placeOf(const yaml::Node& node, const QByteArray& path) const
{
    return { m_file, path.isEmpty() ? QByteArray("/") : path, node.line, node.column };
}

SourcePosition Cursor::place() const
{
    static const yaml::Node nowhere;
    return placeOf(m_node == nullptr ? nowhere : *m_node, m_path);
}

Cursor Cursor::operator[](QByteArrayView key) const
{
    return { is(Kind::Map) ? m_node->find(key) : nullptr, m_file, m_path + '/' + key.toByteArray() };
}

Cursor Cursor::item(std::size_t index) const
{
    return { m_node->items[index].get(), m_file, m_path + '/' + QByteArray::number(static_cast<qint64>(index)) };
}

Cursor Cursor::value(std::size_t index) const
{
    return { m_node->items[index].get(), m_file, m_path + '/' + m_node->keys[index]->text };
}

QString Cursor::found() const
{
    if (m_node == nullptr) {
        return tr("nothing");
    }
    switch (m_node->kind) {
    case Kind::Null:
        return tr("null");
    case Kind::Scalar:
        return quoted(m_node->text);
    case Kind::List:
        return tr("a list");
    case Kind::Map:
        return tr("a map");
    }
    return {};
}

bool Cursor::expect(Kind kind, Report& report) const
{
    if (is(kind)) {
        return true;
    }
    report.add(place(),
        kind == Kind::Map        ? tr("A map was expected, not %1.").arg(found())
            : kind == Kind::List ? tr("A list was expected, not %1.").arg(found())
                                 : tr("Text or a number was expected, not %1.").arg(found()));
    return false;
}

void Cursor::expectKeys(std::initializer_list<const char*> known, Report& report) const
{
    for (std::size_t i = 0; i < m_node->keys.size(); ++i) {
        const yaml::Node& name = *m_node->keys[i];
        const bool isKnown = name.kind == Kind::Scalar
            && (name.text.startsWith('-')
                || std::any_of(known.begin(), known.end(), [&](const char* k) { return name.text == k; }));
        if (!isKnown) {
            QStringList names;
            std::transform(known.begin(), known.end(), std::back_inserter(names),
                [](const char* k) { return QString::fromLatin1(k); });
            report.add(placeOf(name, name.kind == Kind::Scalar ? QByteArray(m_path + '/' + name.text) : m_path),
                tr("There is no such key here; expected is one of: %1.").arg(names.join(QStringLiteral(", "))));
        }
    }
}

PlacedExpression Cursor::expression(Report& report) const
{
    PlacedExpression out;
    out.place = place();
    if (!expect(Kind::Scalar, report)) {
        return out;
    }
    auto parsed = parseExpression(m_node->text);
    if (!parsed) {
        report.add(out.place, parsed.error());
        return out;
    }
    out.expression = std::move(*parsed);
    return out;
}

bool Cursor::boolean(bool otherwise, Report& report) const
{
    if (!exists()) {
        return otherwise;
    }
    if (is(Kind::Scalar) && (m_node->text == "true" || m_node->text == "false")) {
        return m_node->text == "true";
    }
    report.add(place(), tr("“true” or “false” was expected, not %1.").arg(found()));
    return otherwise;
}

std::optional<qint64> Cursor::integer(qint64 least, qint64 most, Report& report) const
{
    if (is(Kind::Scalar)) {
        const auto parsed = parseExpression(m_node->text);
        const auto constant = parsed ? parsed->constant() : std::nullopt;
        if (constant && constant->fitsSigned() && constant->clamped() >= least && constant->clamped() <= most) {
            return constant->clamped();
        }
    }
    report.add(place(),
        tr("A whole number from %1 to %2 was expected, not %3.")
            .arg(QString::number(least), QString::number(most), found()));
    return std::nullopt;
}

QByteArray Cursor::scalar(Report& report) const
{
    return expect(Kind::Scalar, report) ? m_node->text : QByteArray();
}

} // namespace sockeye::kaitai
