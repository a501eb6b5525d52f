// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>

#include <memory>

namespace sockeye {

/// Asks the system's resolver for the addresses of a name. Nobody waits for one that was given up.
class NameLookup final : public QObject {
    Q_OBJECT
public:
    enum class Outcome : quint8 {
        Found,
        NotFound, ///< no name service knows the name
        NoAnswer, ///< none could be asked; NotFound where the system does not tell these two apart
    };

    explicit NameLookup(QObject* parent);
    ~NameLookup() override;

    void start(const QString& host, QAbstractSocket::NetworkLayerProtocol family); ///< ends in finished()
    void stop(); ///< gives up; says nothing

Q_SIGNALS:
    /// The addresses in the resolver's order, each once.
    void finished(sockeye::NameLookup::Outcome outcome, const QList<QHostAddress>& addresses);

private:
    struct Asked; ///< the question that is under way, if any
    std::shared_ptr<Asked> m_asked;
};

} // namespace sockeye
