// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/field_sample.h"

#include "app/filtering/capture_row.h"
#include "protocol/filter/written.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype rowsOfEachKind = 100; ///< from the beginning, from the end, and between
constexpr qint64 longestMessage = 64 * 1024; ///< longer ones are left out
constexpr qsizetype mostFields = 400;
constexpr qsizetype mostValues = 12; ///< of each field
constexpr qsizetype longestText = 60; ///< of a value
constexpr qsizetype mostElements = 8; ///< of a list
constexpr int deepest = 8;

class Sampler {
public:
    explicit Sampler(const Capture& capture)
        : m_row(capture)
        , m_schema(eventSchema(*capture.protocol()))
    {
    }

    void look(qsizetype number, const MessageRecord& record)
    {
        m_row.setRow(number, record);
        for (const EventField field : { EventField::Peer, EventField::PeerPort, EventField::Local,
                 EventField::LocalPort, EventField::Connection, EventField::Fault, EventField::Rule }) {
            add(m_schema.fields[static_cast<int>(field)].name, m_row.value(static_cast<int>(field)));
        }
        if (record.size > longestMessage) {
            m_isWhole = false;
            return;
        }
        const FilteredMessage* const message = m_row.message();
        if (message == nullptr) {
            add(QStringLiteral("error"), m_row.value(static_cast<int>(EventField::Error)));
            return;
        }
        const DecodedMessage decoded = message->protocol->decoded(*message->frame, m_row.bytes(), message->limits);
        walk(QStringLiteral("header"), parsed(decoded.header), 0);
        walk(QStringLiteral("json"), parsed(decoded.content), 0);
        const QJsonValue fields = parsed(decoded.fields);
        if (fields.isObject()) {
            const QJsonObject object = fields.toObject();
            for (auto at = object.begin(); at != object.end(); ++at) {
                const QString name = filter::nameInPath(at.key());
                walk(m_schema.indexOf(at.key()) >= 0 ? QString(u"fields." + name) : name, *at, 1);
            }
        } else if (!decoded.fields.isEmpty()) {
            walk(QStringLiteral("value"), fields, 1);
        }
    }

    [[nodiscard]] FieldSample sample(bool isWhole)
    {
        return { m_fields, isWhole && m_isWhole && m_fields.size() < mostFields };
    }

private:
    /// Of any JSON text, also one that is a single value.
    static QJsonValue parsed(const QByteArray& json)
    {
        return json.isEmpty() ? QJsonValue(QJsonValue::Undefined)
                              : QJsonDocument::fromJson('[' + json + ']').array().at(0);
    }

    [[nodiscard]] filter::OccurringField* field(const QString& path)
    {
        const auto known = m_places.constFind(path);
        if (known != m_places.cend()) {
            return &m_fields[*known];
        }
        if (m_fields.size() == mostFields) {
            return nullptr;
        }
        m_places.insert(path, m_fields.size());
        m_fields.append(filter::OccurringField { path, {} });
        return &m_fields.last();
    }

    void addText(const QString& path, const QString& value)
    {
        filter::OccurringField* const found = field(path);
        if (found != nullptr && !value.isEmpty() && value.size() <= longestText && found->values.size() < mostValues
            && !found->values.contains(value)) {
            found->values.append(value);
        }
    }
    void add(const QString& path, const filter::Value& value)
    {
        if (value.isThere()) {
            addText(path, filter::written(value));
        }
    }

    void walk(const QString& path, const QJsonValue& value, int depth)
    {
        switch (value.type()) {
        case QJsonValue::Undefined:
            return;
        case QJsonValue::Object: {
            const QJsonObject object = value.toObject();
            (void)field(path);
            for (auto at = object.begin(); at != object.end() && depth < deepest; ++at) {
                walk(path + u'.' + filter::nameInPath(at.key()), *at, depth + 1);
            }
            m_isWhole &= depth < deepest;
            return;
        }
        case QJsonValue::Array: {
            const QJsonArray list = value.toArray();
            (void)field(path);
            for (qsizetype i = 0; i < std::min(list.size(), mostElements) && depth < deepest; ++i) {
                walk(path + QStringLiteral("[*]"), list.at(i), depth + 1);
            }
            m_isWhole &= depth < deepest && list.size() <= mostElements;
            return;
        }
        case QJsonValue::String:
            addText(path, filter::writtenText(value.toString().toUtf8()));
            return;
        case QJsonValue::Double: {
            const QVariant number = value.toVariant();
            addText(path,
                filter::written(number.typeId() == QMetaType::LongLong ? filter::Value::number(number.toLongLong())
                                                                       : filter::Value::realNumber(number.toDouble())));
            return;
        }
        case QJsonValue::Bool:
            addText(path, value.toBool() ? QStringLiteral("true") : QStringLiteral("false"));
            return;
        case QJsonValue::Null:
            addText(path, QStringLiteral("null"));
            return;
        }
    }

    CaptureRow m_row;
    const filter::Schema m_schema;
    QList<filter::OccurringField> m_fields;
    QHash<QString, qsizetype> m_places;
    bool m_isWhole = true;
};

} // namespace

FieldSample sampleFields(const Capture& capture, const std::function<bool()>& isCancelled)
{
    const qsizetype count = capture.messageCount();
    Sampler sampler(capture);
    const auto look = [&](qsizetype row) { sampler.look(row, capture.message(row)); };
    const bool isWhole = count <= 3 * rowsOfEachKind;
    const qsizetype step = isWhole ? 1 : std::max<qsizetype>(1, (count - 2 * rowsOfEachKind) / rowsOfEachKind);
    for (qsizetype row = 0; row < count && !isCancelled();) {
        look(row);
        const bool isBetween = !isWhole && row >= rowsOfEachKind && row < count - rowsOfEachKind;
        row += isBetween ? std::min(step, count - rowsOfEachKind - row) : 1;
    }
    return sampler.sample(isWhole);
}

} // namespace sockeye
