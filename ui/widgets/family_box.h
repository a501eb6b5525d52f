// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractSocket>
#include <QComboBox>
#include <QJsonValue>

namespace sockeye {

/// Which addresses of a host are tried: of IPv4, of IPv6, or of both.
class FamilyBox final : public QComboBox {
    Q_OBJECT
public:
    explicit FamilyBox(QWidget* parent = nullptr);

    [[nodiscard]] QAbstractSocket::NetworkLayerProtocol family() const;
    [[nodiscard]] QJsonValue saveState() const;
    void restore(const QJsonValue& state); ///< ignores what it does not know
};

} // namespace sockeye
