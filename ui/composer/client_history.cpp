// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/client_history.h"

#include <QJsonObject>

namespace sockeye {

void RequestHistory::add(const Request& request)
{
    m_requests.removeAll(request);
    m_requests.append(request);
    if (m_requests.size() > maxRequests) {
        m_requests.removeFirst();
    }
    m_at = m_requests.size();
}

std::optional<RequestHistory::Request> RequestHistory::older(const Request& present)
{
    if (m_at == m_requests.size()) {
        m_present = present;
        // What was sent last and still stands there is no step back.
        if (m_at > 0 && m_requests.last() == present) {
            --m_at;
        }
    }
    if (m_at == 0) {
        return std::nullopt;
    }
    return m_requests.at(--m_at);
}

std::optional<RequestHistory::Request> RequestHistory::newer()
{
    if (m_at >= m_requests.size()) {
        return std::nullopt;
    }
    ++m_at;
    return m_at == m_requests.size() ? m_present : m_requests.at(m_at);
}

QJsonArray RequestHistory::toJson() const
{
    QJsonArray json;
    for (const Request& request : m_requests) {
        json.append(QJsonObject {
            { QStringLiteral("action"), request.action },
            { QStringLiteral("value"), request.value },
        });
    }
    return json;
}

void RequestHistory::fromJson(const QJsonArray& json)
{
    m_requests.clear();
    for (const auto& value : json) {
        const QJsonObject object = value.toObject();
        if (object.value(u"action").isString() && object.value(u"value").isString()) {
            m_requests.append({ object.value(u"action").toString(), object.value(u"value").toString() });
        }
    }
    if (m_requests.size() > maxRequests) {
        m_requests.remove(0, m_requests.size() - maxRequests);
    }
    m_at = m_requests.size();
}

} // namespace sockeye
