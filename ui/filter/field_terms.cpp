// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filter/field_terms.h"

#include "app/filtering/event_row.h"
#include "protocol/filter/written.h"

namespace sockeye {

namespace {

constexpr qint64 mostBytes = 64; ///< of a field without a name
constexpr qsizetype longest = 400; ///< of a value, as written

/// Keeps the first value.
class FirstValue final : public filter::ValueSink {
public:
    bool value(const filter::Value& value, bool isWhole) override
    {
        if (isWhole && text.isEmpty()) {
            text = filter::written(value);
            isPartOfText = value.type == filter::Type::Text || value.type == filter::Type::Bytes;
        }
        return false;
    }
    QString text;
    bool isPartOfText = false;
};

/// The ways in which a place in the structure may be named, each below one of the trees of a message.
struct Names {
    filter::Path header;
    filter::Path content;
    filter::Path whole;
};

std::optional<filter::Step> stepOf(const Annotation& annotation, int field)
{
    const Field& shown = annotation.fields().at(static_cast<std::size_t>(field));
    const QString label = annotation.label(field);
    const bool isElement = label.startsWith(u'[') && label.endsWith(u']');
    filter::Step step;
    if (isElement) {
        bool isNumber = false;
        step.kind = filter::Step::Kind::Index;
        step.index = QStringView(label).sliced(1, label.size() - 2).toLongLong(&isNumber);
        return isNumber ? std::optional(step) : std::nullopt;
    }
    const bool isValueOfMember =
        shown.parent > 0 && annotation.fields().at(static_cast<std::size_t>(shown.parent)).kind == FieldKind::Member;
    if (isValueOfMember || shown.kind == FieldKind::Object || shown.kind == FieldKind::Key) {
        return std::nullopt; // the member is named, or what is around it
    }
    step.name = label.toUtf8();
    return step;
}

Names namesOf(const Annotation& annotation, int field)
{
    Names names;
    bool isInHeader = true; // until what is above the header is reached
    bool isInContent = true;
    for (int at = field; at > 0; at = annotation.fields().at(static_cast<std::size_t>(at)).parent) {
        const FieldKind kind = annotation.fields().at(static_cast<std::size_t>(at)).kind;
        isInHeader &= kind != FieldKind::Header;
        isInContent &= kind != FieldKind::Content;
        if (const auto step = stepOf(annotation, at)) {
            names.whole.insert(names.whole.begin(), *step);
            if (isInHeader) {
                names.header.insert(names.header.begin(), *step);
            }
            if (isInContent) {
                names.content.insert(names.content.begin(), *step);
            }
        }
    }
    return names;
}

/// What is at that path of a tree of the message, if anything is.
std::optional<FilterTerm> named(const EventRow& row, EventField tree, const QString& name, const filter::Path& path)
{
    const filter::Fields* const fields = path.empty() ? nullptr : row.fields(static_cast<int>(tree));
    FirstValue first;
    filter::Storage storage;
    if (fields == nullptr || !fields->find(path, storage, first) || first.text.isEmpty()) {
        return std::nullopt;
    }
    return FilterTerm { filter::writtenPath(name, path), first.text, first.isPartOfText ? first.text : QString() };
}

} // namespace

std::optional<FilterTerm> termOfField(const InspectedMessage& message, int field)
{
    const Annotation& annotation = message.annotation;
    if (field < 0 || field >= static_cast<int>(annotation.fields().size())) {
        return std::nullopt;
    }
    std::optional<FilterTerm> term;
    const Protocol& protocol = *message.protocol;
    const auto frame = protocol.frameOf(message.streamOffset, message.bytes().size(), message.bytes());
    if (frame) {
        EventRow row;
        row.bytes = message.bytes();
        row.direction = message.direction;
        FilteredMessage& whole = row.message.emplace();
        whole.protocol = &protocol;
        whole.frame = &*frame;
        const Names names = namesOf(annotation, field);
        const filter::Schema schema = eventSchema(protocol);
        const bool isTaken = !names.whole.empty() && schema.indexOf(QString::fromUtf8(names.whole.front().name)) >= 0;
        term = named(row, EventField::Message, isTaken ? QStringLiteral("fields") : QString(), names.whole);
        if (!term) {
            term = named(row, EventField::Json, QStringLiteral("json"), names.content);
        }
        if (!term) {
            term = named(row, EventField::Header, QStringLiteral("header"), names.header);
        }
    }
    if (!term) {
        const Field& shown = annotation.fields().at(static_cast<std::size_t>(field));
        if (shown.size <= 0 || shown.size > mostBytes) {
            return std::nullopt;
        }
        const QString bytes =
            filter::written(filter::Value::bytes(QByteArrayView(message.bytes()).sliced(shown.offset, shown.size)));
        return FilterTerm {
            QStringLiteral("bytes[%1:%2]").arg(QString::number(shown.offset), QString::number(shown.size)), bytes, {}
        };
    }
    return term->value.size() > longest ? std::nullopt : term;
}

} // namespace sockeye
