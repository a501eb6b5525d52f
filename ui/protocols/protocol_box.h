// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/registry.h"
#include "protocol/transport.h"

#include <QComboBox>

#include <optional>

namespace sockeye {

/// The choice of the protocol by which bytes are read: all that the registry offers, also those that were added while
/// the program runs, and ways to more: a description in a file, and a new one. A protocol whose file changes is chosen
/// anew.
class ProtocolBox : public QComboBox {
    Q_OBJECT
public:
    explicit ProtocolBox(QWidget* parent = nullptr);

    void setProtocol(const ProtocolPtr& protocol);
    [[nodiscard]] const ProtocolPtr& protocol() const { return m_protocol; }
    /// Offers only what can be used there; nothing: everything, as for a capture.
    void setTransport(std::optional<Transport> transport);

    void showPopup() override;

Q_SIGNALS:
    void chosen(const sockeye::ProtocolPtr& protocol); ///< by the user, or as its file has changed

private:
    enum class Entry : quint8 { Protocol, Open, New, Edit };
    void activate(int index);
    void fill();
    void add(Entry entry, const QString& text);
    void choose(const ProtocolPtr& protocol);
    void take(const ProtocolPtr& protocol, const QString& problem);
    void openFile();
    void describeNew();
    void edit();
    void showProblem(const QString& problem);
    [[nodiscard]] bool isUsable(const ProtocolPtr& protocol) const;

    QList<ProtocolPtr> m_offered; ///< as the box shows them
    ProtocolPtr m_protocol;
    std::optional<Transport> m_transport = Transport::Tcp;
    QString m_problem; ///< with the file of the one that is chosen
};

} // namespace sockeye
