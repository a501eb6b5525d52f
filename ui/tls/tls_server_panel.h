// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/tls/tls_options.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QLabel;

namespace sockeye {

class FileField;

/// Whether a server speaks TLS, or a relay with its clients, and what it shows of itself.
class TlsServerPanel : public QWidget {
    Q_OBJECT
public:
    /// `caption`: of the choice, which it names, too; it may have a mnemonic.
    explicit TlsServerPanel(const QString& caption, QWidget* parent = nullptr);

    /// The caption, for whoever aligns it with labels of its own.
    [[nodiscard]] QLabel* caption() const { return m_caption; }
    [[nodiscard]] TlsServerOptions options() const;
    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

private:
    void showFiles();

    QLabel* m_caption;
    QComboBox* m_mode;
    QWidget* m_files;
    FileField* m_certificate;
    FileField* m_key;
};

} // namespace sockeye
