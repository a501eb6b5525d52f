// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QSettings>
#include <QStringList>

namespace sockeye {

/// What the window remembers between two starts. Kept in the user's configuration folder, or in the file named by the
/// environment variable SOCKEYE_SETTINGS (for tests and for trying things out). What was not written, or makes no
/// sense, reads as empty.
class Settings {
public:
    Settings();
    explicit Settings(const QString& file);

    [[nodiscard]] QByteArray bytes(const QString& key) const;
    void setBytes(const QString& key, const QByteArray& value);
    [[nodiscard]] int number(const QString& key, int otherwise, int least, int most) const;
    void setNumber(const QString& key, int value);
    [[nodiscard]] bool flag(const QString& key, bool otherwise) const;
    void setFlag(const QString& key, bool value);
    [[nodiscard]] QJsonObject object(const QString& key) const;
    void setObject(const QString& key, const QJsonObject& value);

    [[nodiscard]] QStringList recentFiles() const; ///< the latest first, at most ten
    void addRecentFile(const QString& file);
    void removeRecentFile(const QString& file);
    void clearRecentFiles();

private:
    QSettings m_settings;
};

} // namespace sockeye
