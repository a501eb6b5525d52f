// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/settings.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype maxRecentFiles = 10;

QString recentKey()
{
    return QStringLiteral("recentFiles");
}

QString settingsFile()
{
    QString chosen = qEnvironmentVariable("SOCKEYE_SETTINGS");
    if (!chosen.isEmpty()) {
        return chosen;
    }
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("Sockeye"), QStringLiteral("sockeye"))
        .fileName();
}

} // namespace

Settings::Settings()
    : Settings(settingsFile())
{
}

Settings::Settings(const QString& file)
    : m_settings(file, QSettings::IniFormat)
{
}

QByteArray Settings::bytes(const QString& key) const
{
    return QByteArray::fromBase64(m_settings.value(key).toByteArray());
}

void Settings::setBytes(const QString& key, const QByteArray& value)
{
    m_settings.setValue(key, value.toBase64());
}

int Settings::number(const QString& key, int otherwise, int least, int most) const
{
    bool isNumber = false;
    const int value = m_settings.value(key).toInt(&isNumber);
    return isNumber ? std::clamp(value, least, most) : otherwise;
}

void Settings::setNumber(const QString& key, int value)
{
    m_settings.setValue(key, value);
}

bool Settings::flag(const QString& key, bool otherwise) const
{
    return m_settings.value(key, otherwise).toBool();
}

void Settings::setFlag(const QString& key, bool value)
{
    m_settings.setValue(key, value);
}

QJsonObject Settings::object(const QString& key) const
{
    return QJsonDocument::fromJson(bytes(key)).object();
}

void Settings::setObject(const QString& key, const QJsonObject& value)
{
    setBytes(key, QJsonDocument(value).toJson(QJsonDocument::Compact));
}

QStringList Settings::recentFiles() const
{
    return m_settings.value(recentKey()).toStringList().mid(0, maxRecentFiles);
}

void Settings::addRecentFile(const QString& file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    m_settings.setValue(recentKey(), QStringList(files.mid(0, maxRecentFiles)));
}

void Settings::removeRecentFile(const QString& file)
{
    QStringList files = recentFiles();
    files.removeAll(QFileInfo(file).absoluteFilePath());
    m_settings.setValue(recentKey(), files);
}

void Settings::clearRecentFiles()
{
    m_settings.remove(recentKey());
}

} // namespace sockeye
