// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sendlist/open_lists.h"

#include "ui/sendlist/send_list_panel.h"

namespace sockeye {

OpenLists& OpenLists::instance()
{
    static OpenLists lists;
    return lists;
}

void OpenLists::add(SendListPanel* list)
{
    m_lists.removeIf([](const QPointer<SendListPanel>& each) { return each.isNull(); });
    m_lists.append(list);
}

QList<SendListPanel*> OpenLists::lists() const
{
    QList<SendListPanel*> open;
    for (const QPointer<SendListPanel>& list : m_lists) {
        if (list) {
            open.append(list);
        }
    }
    return open;
}

} // namespace sockeye
