// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QObject>
#include <QStringList>

namespace sockeye {

/// The filters that were used lately, and those that have a name. GUI thread only; lives as long as the application.
class FilterShelf : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype mostRecent = 12;
    static constexpr qsizetype mostNamed = 100;

    static FilterShelf& instance();

    /// All of it, for the next start.
    [[nodiscard]] const QJsonObject& state() const { return m_state; }
    void restore(const QJsonObject& state);

    [[nodiscard]] QStringList recent() const; ///< the latest first
    void use(const QString& filter); ///< it is the latest; nothing of a blank one
    void forgetRecent();

    [[nodiscard]] QStringList names() const; ///< in alphabetical order
    [[nodiscard]] QString named(const QString& name) const; ///< empty where there is none
    void save(const QString& name, const QString& filter); ///< in place of one of the same name
    void remove(const QString& name);

Q_SIGNALS:
    void changed();

private:
    explicit FilterShelf(QObject* parent);
    void change(const QString& key, const QJsonValue& value);

    QJsonObject m_state;
};

} // namespace sockeye
