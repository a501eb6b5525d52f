// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QVariant>
#include <QtDBus/QDBusVariant>

namespace sockeye {

/// What the desktop says about light and dark, from the freedesktop settings portal. Qt 6.4 has no query for it.
///
/// Asks without waiting: on a desktop without a portal nothing ever comes.
class SystemScheme : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Asks now, and again whenever the desktop changes it. Never blocks, never starts a message bus.
    void follow();

Q_SIGNALS:
    void darkChanged(bool dark);
    void unknown(); ///< nobody answers: the desktop has no such setting

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(const QVariant& value);
};

} // namespace sockeye
