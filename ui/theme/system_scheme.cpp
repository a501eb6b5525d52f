// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/system_scheme.h"

#include <QFile>
#include <QStandardPaths>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>

namespace sockeye {

namespace {

constexpr auto service = "org.freedesktop.portal.Desktop";
constexpr auto path = "/org/freedesktop/portal/desktop";
constexpr auto interface = "org.freedesktop.portal.Settings";
constexpr auto group = "org.freedesktop.appearance";
constexpr auto key = "color-scheme";

/// Without a bus at hand the D-Bus library would start one, and make us wait for it.
bool hasSessionBus()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
        || QFile::exists(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u"/bus");
}

} // namespace

void SystemScheme::follow()
{
    if (!hasSessionBus()) {
        Q_EMIT unknown();
        return;
    }
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(QLatin1String(service), QLatin1String(path), QLatin1String(interface), QStringLiteral("SettingChanged"),
        this, SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(
        QLatin1String(service), QLatin1String(path), QLatin1String(interface), QStringLiteral("Read"));
    question << QString::fromLatin1(group) << QString::fromLatin1(key);
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isError()) {
            Q_EMIT unknown();
        } else {
            take(reply.value().variant());
        }
    });
}

void SystemScheme::settingChanged(const QString& changedGroup, const QString& changedKey, const QDBusVariant& value)
{
    if (changedGroup == QLatin1String(group) && changedKey == QLatin1String(key)) {
        take(value.variant());
    }
}

void SystemScheme::take(const QVariant& value)
{
    // Read() wraps its answer in a variant once more than the signal does.
    const QVariant inner = value.canConvert<QDBusVariant>() ? qvariant_cast<QDBusVariant>(value).variant() : value;
    bool isNumber = false;
    const uint scheme = inner.toUInt(&isNumber);
    if (isNumber) {
        Q_EMIT darkChanged(scheme == 1); // 0: no preference, 1: dark, 2: light
    }
}

} // namespace sockeye
