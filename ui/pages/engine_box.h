// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engines/engines.h"

#include <QComboBox>
#include <QJsonValue>

namespace sockeye {

/// The choice "Engine": what owns the sockets of a page. Its tool tip says what the chosen one cannot do.
class EngineBox : public QComboBox {
    Q_OBJECT
public:
    explicit EngineBox(QWidget* parent = nullptr);

    [[nodiscard]] const Engine* engine() const; ///< never null
    [[nodiscard]] QJsonValue saveState() const;
    void restore(const QJsonValue& state); ///< stays as it is where this build has no such engine

private:
    void describe();
};

} // namespace sockeye
