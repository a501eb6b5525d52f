// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filter/filter_actions.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QMenu>

namespace sockeye {

void addFilterActions(
    QMenu& menu, const FilterTerm& term, const std::function<void(const QString& test, bool also)>& use)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("sockeye::FilterActions", text); };
    const auto add = [&](const QString& title, const QString& test, bool also) {
        constexpr int widest = 400;
        QString shown = menu.fontMetrics().elidedText(test, Qt::ElideRight, widest);
        shown.replace(u'&', QLatin1StringView("&&"));
        menu.addAction(title.arg(shown), &menu, [use, test, also] { use(test, also); });
    };
    const QString is = term.field + u" == " + term.value;
    const QString isNot = term.field + u" != " + term.value;
    add(tr("Filter: %1"), is, false);
    add(tr("Filter: … and %1"), is, true);
    add(tr("Filter: %1"), isNot, false);
    add(tr("Filter: … and %1"), isNot, true);
    if (!term.part.isEmpty()) {
        add(tr("Filter: %1"), term.field + u" contains " + term.part, false);
    }
}

} // namespace sockeye
