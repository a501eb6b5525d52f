// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>

#include <memory>

namespace sockeye {

/// Asks the system's resolver for the addresses of a name, in a thread of its own: the resolver cannot be interrupted,
/// and nobody waits for one that was given up. QHostInfo does not tell a name that nobody knows from name servers that
/// do not answer.
class NameLookup final : public QObject {
    Q_OBJECT
public:
    enum class Outcome : quint8 {
        Found,
        NotFound, ///< no name service knows the name
        NoAnswer, ///< none could be asked
    };

    explicit NameLookup(QObject* parent);
    ~NameLookup() override;

    void start(const QString& host, QAbstractSocket::NetworkLayerProtocol family); ///< ends in finished()
    void stop(); ///< gives up; says nothing

Q_SIGNALS:
    /// The addresses in the resolver's order, each once.
    void finished(sockeye::NameLookup::Outcome outcome, const QList<QHostAddress>& addresses);

private:
    struct Asked; ///< shared with the thread that asks
    std::shared_ptr<Asked> m_asked;
};

} // namespace sockeye
