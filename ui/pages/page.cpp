// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/page.h"

#include "app/reading/capture.h"
#include "ui/messages/messages_panel.h"

namespace sockeye {

ExportableMessages Page::exportableMessages() const
{
    ExportableMessages messages;
    if (const std::shared_ptr<Capture> all = capture()) {
        messages.all = all->messageCount();
    }
    return messages;
}

void Page::showMessagesView(MessagesView view)
{
    if (MessagesPanel* const messages = messagesPanel()) {
        messages->showView(view);
    }
}

} // namespace sockeye
