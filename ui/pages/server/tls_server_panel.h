// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/tls/tls_options.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;

namespace sockeye {

class FileField;

/// Whether a server speaks TLS, and what it shows of itself.
class TlsServerPanel : public QWidget {
    Q_OBJECT
public:
    explicit TlsServerPanel(QWidget* parent = nullptr);

    [[nodiscard]] TlsServerOptions options() const;
    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

private:
    void showFiles();

    QComboBox* m_mode;
    QWidget* m_files;
    FileField* m_certificate;
    FileField* m_key;
};

} // namespace sockeye
