// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/tls/tls_options.h"

#include <QJsonObject>
#include <QWidget>

class QCheckBox;
class QLabel;

namespace sockeye {

class FileField;

/// Whom a client trusts over TLS, or a relay as the client of its target, and what it shows of itself.
class TlsClientPanel : public QWidget {
    Q_OBJECT
public:
    explicit TlsClientPanel(QWidget* parent = nullptr);

    void apply(TlsClientOptions& options) const; ///< but for `on`
    [[nodiscard]] QJsonObject saveState() const;
    void restore(const QJsonObject& state);

private:
    void showWarning();

    FileField* m_authority;
    QCheckBox* m_acceptAnything;
    QLabel* m_warning;
    FileField* m_certificate;
    FileField* m_key;
};

} // namespace sockeye
