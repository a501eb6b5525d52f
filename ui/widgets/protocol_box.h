// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/registry.h"

#include <QComboBox>

namespace sockeye {

/// The choice of the protocol by which streams are read: all that the registry offers, also those that were added while
/// the program runs.
class ProtocolBox : public QComboBox {
    Q_OBJECT
public:
    explicit ProtocolBox(QWidget* parent = nullptr);

    void setProtocol(const ProtocolPtr& protocol);
    [[nodiscard]] const ProtocolPtr& protocol() const { return m_protocol; }

    void showPopup() override;

Q_SIGNALS:
    void chosen(const sockeye::ProtocolPtr& protocol); ///< by the user

private:
    void fill();

    QList<ProtocolPtr> m_offered; ///< as the box shows them
    ProtocolPtr m_protocol;
};

} // namespace sockeye
