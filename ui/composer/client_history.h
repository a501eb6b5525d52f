// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QList>
#include <QString>

#include <optional>

namespace sockeye {

/// What was asked before, oldest first, and where in it the user is while walking with the arrow keys. What stood in
/// the fields before the walk is its newest end, so that nothing typed is lost.
class RequestHistory {
public:
    struct Request {
        QString action;
        QString value;
        friend bool operator==(const Request&, const Request&) = default;
    };
    static constexpr qsizetype maxRequests = 200;

    /// Remembers a request that was sent, as the newest; a walk ends.
    void add(const Request& request);

    /// The next older one; nothing at the oldest. `present` is what stands in the fields now.
    [[nodiscard]] std::optional<Request> older(const Request& present);
    /// The next newer one, at last what stood there before the walk; nothing at the newest.
    [[nodiscard]] std::optional<Request> newer();

    [[nodiscard]] const QList<Request>& requests() const { return m_requests; }
    [[nodiscard]] QJsonArray toJson() const;
    void fromJson(const QJsonArray& json); ///< ignores what it cannot read

private:
    QList<Request> m_requests;
    Request m_present;
    qsizetype m_at = 0; ///< m_requests.size(): not walking
};

} // namespace sockeye
