// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/views/values_writer.h"

#include "protocol/content/text_codec.h"
#include "protocol/content/views/view_functions.h"

#include <QCoreApplication>

#include <cmath>

namespace sockeye {

ValuesWriter::ValuesWriter(const ViewLimits& limits)
    : m_limits(limits)
    , m_writer(m_out)
{
}

bool ValuesWriter::hasRoom()
{
    if (m_values >= m_limits.maxValues || m_out.size() > 4 * m_limits.maxBytes) {
        m_problem = viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "There are more values than are shown here."));
    } else if (static_cast<int>(m_open.size()) > m_limits.maxDepth) {
        m_problem = viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "Values lie deeper in each other than %1."))
                        .arg(m_limits.maxDepth);
    }
    return m_problem.isEmpty();
}

void ValuesWriter::text(QByteArrayView utf8)
{
    const QByteArray valid = decodedText("UTF-8", utf8).value_or(QByteArray());
    if (wantsKey()) {
        ++m_values;
        m_writer.key(valid);
        m_open.back().isKey = false;
        m_open.back().left -= m_open.back().left > 0 ? 1 : 0;
        return;
    }
    before();
    m_writer.string(QByteArrayView(valid));
    after();
}

void ValuesWriter::bytes(QByteArrayView bytes)
{
    text(bytes.toByteArray().toHex());
}

void ValuesWriter::number(double value)
{
    if (std::isnan(value)) {
        text("NaN");
    } else if (std::isinf(value)) {
        text(value > 0 ? "Infinity" : "-Infinity");
    } else {
        QByteArray json;
        json::Writer(json).number(value);
        scalar(json);
    }
}

void ValuesWriter::scalar(QByteArrayView json)
{
    if (wantsKey()) {
        text(json);
        return;
    }
    before();
    m_writer.raw(json);
    after();
}

void ValuesWriter::before()
{
    ++m_values;
}

/// A value is there: containers that it makes whole end with it.
void ValuesWriter::after()
{
    while (!m_open.empty()) {
        Open& inner = m_open.back();
        if (inner.left > 0) {
            --inner.left;
        }
        inner.isKey = inner.isMap && !inner.isMark;
        if (inner.left != 0) {
            return;
        }
        endOpen();
    }
}

void ValuesWriter::endOpen()
{
    m_open.back().isMap ? m_writer.endObject() : m_writer.endArray();
    m_open.pop_back();
}

void ValuesWriter::open(bool isMap, qint64 count)
{
    if (wantsKey()) {
        // JSON has no place for a container as a key: what it holds stands beside it.
        m_writer.key("");
        m_open.back().isKey = false;
        m_open.back().left -= m_open.back().left > 0 ? 1 : 0;
    }
    before();
    isMap ? m_writer.beginObject() : m_writer.beginArray();
    m_open.push_back({ isMap, isMap, false, count });
    if (count == 0) {
        endOpen();
        after();
    }
}

void ValuesWriter::close()
{
    if (m_open.empty()) {
        return;
    }
    if (m_open.back().isMap && !m_open.back().isKey) {
        m_writer.null(); // a key without a value
    }
    endOpen();
    after();
}

void ValuesWriter::mark(const QByteArray& name, qint64 value)
{
    if (wantsKey()) {
        return; // the key itself says enough
    }
    before();
    m_writer.beginObject().key(name).integer(value).key("value");
    m_open.push_back({ true, false, true, 1 });
}

QByteArray ValuesWriter::take()
{
    while (!m_open.empty()) {
        const Open& inner = m_open.back();
        if (inner.isMap && !inner.isKey) {
            m_writer.null();
        }
        endOpen();
        if (!m_open.empty()) {
            m_open.back().isKey = m_open.back().isMap && !m_open.back().isMark;
        }
    }
    return m_out;
}

} // namespace sockeye
