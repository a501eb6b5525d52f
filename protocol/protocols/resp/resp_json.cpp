// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/json_writer.h"
#include "protocol/protocols/resp/resp_item.h"
#include "protocol/protocols/resp/resp_words.h"
#include "protocol/text/utf8.h"

namespace sockeye::resp {

namespace {

constexpr int mostJsonDepth = 128; // what was framed is less deep

class JsonValues {
public:
    explicit JsonValues(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    QByteArray message()
    {
        QByteArray out;
        json::Writer writer(out);
        writer.beginObject();
        if (!m_bytes.isEmpty()) {
            writer.key("type").string(QByteArrayView(typeName(itemAt(m_bytes, 0).type))).key("value");
            value(writer, 0);
        }
        writer.endObject();
        return out;
    }

private:
    void value(json::Writer& writer, int depth)
    {
        if (m_at >= m_bytes.size() || depth > mostJsonDepth) {
            m_at = m_bytes.size();
            writer.null();
            return;
        }
        const Item item = itemAt(m_bytes, m_at);
        m_at = item.end;
        if (item.isNull) {
            writer.null();
        } else if (item.shape == Shape::Aggregate && item.state == Item::State::Right) {
            elements(writer, item, depth);
        } else if (item.shape == Shape::Bulk && item.streamed) {
            streamedString(writer);
        } else if (item.shape == Shape::Bulk) {
            text(writer, item.data(m_bytes));
        } else {
            line(writer, item.type, item.line(m_bytes));
        }
    }

    static void text(json::Writer& writer, QByteArrayView data)
    {
        if (validUtf8Prefix(data) == data.size()) {
            writer.string(data);
        } else {
            writer.string(QByteArrayView(data.toByteArray().toHex()));
        }
    }

    static void line(json::Writer& writer, char type, QByteArrayView line)
    {
        const auto number = type == ':' ? wholeNumber(line) : std::nullopt;
        bool isDouble = false;
        const double real = type == ',' ? line.toByteArray().toDouble(&isDouble) : 0;
        if (number) {
            writer.integer(*number);
        } else if (isDouble) {
            writer.number(real);
        } else if (type == '#') {
            writer.boolean(line == QByteArrayView("t"));
        } else {
            text(writer, line);
        }
    }

    void streamedString(json::Writer& writer)
    {
        QByteArray all;
        while (m_at < m_bytes.size()) {
            const Item part = itemAt(m_bytes, m_at);
            m_at = part.end;
            if (part.type != ';' || part.number == 0) {
                break;
            }
            all.append(part.data(m_bytes));
        }
        text(writer, all);
    }

    /// Maps are arrays of pairs: their keys may be any values.
    void elements(json::Writer& writer, const Item& item, int depth)
    {
        if (item.type == '|') {
            // What is said of a value is not the value.
            QByteArray unused;
            json::Writer skipped(unused);
            skipped.beginArray();
            for (qint64 i = 0; i < item.number && m_at < m_bytes.size(); ++i) {
                value(skipped, depth + 1);
            }
            value(writer, depth + 1);
            return;
        }
        const bool isMap = valuesEach(item.type) == 2;
        writer.beginArray();
        for (qint64 i = 0; (item.streamed || i < item.number) && m_at < m_bytes.size(); ++i) {
            if (item.streamed && m_bytes[m_at] == '.') {
                m_at = itemAt(m_bytes, m_at).end;
                break;
            }
            if (isMap) {
                writer.beginArray();
                value(writer, depth + 1);
                value(writer, depth + 1);
                writer.endArray();
                ++i;
            } else {
                value(writer, depth + 1);
            }
        }
        writer.endArray();
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};

} // namespace

QByteArray asJson(QByteArrayView message)
{
    return JsonValues(message).message();
}

} // namespace sockeye::resp
