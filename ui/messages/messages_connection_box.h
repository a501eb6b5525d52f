// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "ui/widgets/filling_combo_box.h"

#include <memory>

namespace sockeye {

/// Chooses the connection whose messages are shown, or all of them.
class MessagesConnectionBox : public FillingComboBox {
    Q_OBJECT
public:
    explicit MessagesConnectionBox(QWidget* parent = nullptr);

    void setCapture(std::shared_ptr<Capture> capture); ///< goes back to all
    void setConnection(quint32 connection); ///< 0: all
    [[nodiscard]] quint32 connection() const { return m_connection; }

Q_SIGNALS:
    void connectionChosen(quint32 connection);

private:
    void fill();
    void addConnection(quint32 connection, const QString& peer);
    void select();

    std::shared_ptr<Capture> m_capture;
    quint32 m_connection = 0;
};

} // namespace sockeye
