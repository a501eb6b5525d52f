// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filter/filter_shelf.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace sockeye {

namespace {

QString recentKey()
{
    return QStringLiteral("recent");
}
QString namedKey()
{
    return QStringLiteral("named");
}

} // namespace

FilterShelf::FilterShelf(QObject* parent)
    : QObject(parent)
{
}

FilterShelf& FilterShelf::instance()
{
    static auto* shelf = new FilterShelf(QCoreApplication::instance());
    return *shelf;
}

void FilterShelf::restore(const QJsonObject& state)
{
    m_state = state;
}

void FilterShelf::change(const QString& key, const QJsonValue& value)
{
    m_state.insert(key, value); // one that is undefined removes it
    Q_EMIT changed();
}

QStringList FilterShelf::recent() const
{
    QStringList filters;
    const QJsonArray list = m_state.value(recentKey()).toArray();
    for (const auto& each : list) {
        if (each.isString() && filters.size() < mostRecent) {
            filters.append(each.toString());
        }
    }
    return filters;
}

void FilterShelf::use(const QString& filter)
{
    const QString used = filter.trimmed();
    if (used.isEmpty()) {
        return;
    }
    QStringList filters = recent();
    if (!filters.isEmpty() && filters.first() == used) {
        return;
    }
    filters.removeAll(used);
    filters.prepend(used);
    change(recentKey(), QJsonArray::fromStringList(filters.mid(0, mostRecent)));
}

void FilterShelf::forgetRecent()
{
    change(recentKey(), QJsonValue::Undefined);
}

QStringList FilterShelf::names() const
{
    QStringList names = m_state.value(namedKey()).toObject().keys();
    names.sort(Qt::CaseInsensitive);
    return names;
}

QString FilterShelf::named(const QString& name) const
{
    return m_state.value(namedKey()).toObject().value(name).toString();
}

void FilterShelf::save(const QString& name, const QString& filter)
{
    QJsonObject filters = m_state.value(namedKey()).toObject();
    if (filters.size() >= mostNamed && !filters.contains(name)) {
        return;
    }
    filters.insert(name, filter);
    change(namedKey(), filters);
}

void FilterShelf::remove(const QString& name)
{
    QJsonObject filters = m_state.value(namedKey()).toObject();
    filters.remove(name);
    change(namedKey(), filters);
}

} // namespace sockeye
