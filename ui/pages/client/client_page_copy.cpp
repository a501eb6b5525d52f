// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer_model.h"
#include "ui/composer/composer_panel.h"
#include "ui/pages/client/client_conversation.h"
#include "ui/pages/client/client_page.h"
#include "ui/transcript/transcript_view.h"

#include <QClipboard>
#include <QGuiApplication>

// What the client page does with requests that were made before: copy them, and write them again.
namespace sockeye {

void ClientPage::copyRequest(CopyForm form, const CopiedRequest& request)
{
    QGuiApplication::clipboard()->setText(copyAs(form, request));
    Q_EMIT statusMessage(tr("Copied: %1").arg(copyFormName(form)));
}

void ClientPage::copyEntry(CopyForm form)
{
    const TranscriptEntry* entry = transcript().currentEntry();
    const QByteArray bytes = entry ? m_conversation->requestBytes(*entry) : QByteArray();
    if (!entry || !entry->request || (bytes.isEmpty() && entry->request->size > 0)) {
        Q_EMIT statusMessage(tr("This request is too large to be copied from here; select it and save the capture."));
        return;
    }
    CopiedRequest request = entry->request->request;
    request.bytes = bytes;
    copyRequest(form, request);
}

void ClientPage::copyEntryText()
{
    if (const TranscriptEntry* entry = transcript().currentEntry()) {
        QGuiApplication::clipboard()->setText(entry->failure ? entry->failure.oneLine() : entry->text);
    }
}

void ClientPage::editEntryAgain()
{
    const TranscriptEntry* entry = transcript().currentEntry();
    const QByteArray bytes = entry ? m_conversation->requestBytes(*entry) : QByteArray();
    if (entry && !bytes.isEmpty()) {
        const QString action = entry->request->request.action;
        m_composer->model().edit(nullptr, [&](RequestDraft& draft) {
            draft.setForm(action, {}); // tells where a binary content divides
            draft.setBytes(bytes);
        });
        m_composer->focusValue();
    }
}

} // namespace sockeye
