// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/client_results.h"

#include "ui/connections/kernel_panel.h"
#include "ui/messages/messages_panel.h"
#include "ui/sendlist/send_list_panel.h"
#include "ui/text/display_text.h"
#include "ui/transcript/transcript_model.h"
#include "ui/transcript/transcript_view.h"
#include "ui/widgets/flat_scroll_area.h"

#include <QLabel>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace sockeye {

namespace {

/// In characters of the text: the width from which transcript and messages stand side by side.
constexpr int sideBySideWidth = 150;
/// In lines of the text: the height from which one stands above the other.
constexpr int stackedHeight = 22;
constexpr int leastKernel = 6; ///< lines of the kernel's side that are always seen

} // namespace

ClientResults::ClientResults(TranscriptModel& transcript, QWidget* parent)
    : QWidget(parent)
    , m_transcript(new TranscriptView(transcript, this))
    , m_messages(new MessagesPanel(this))
    , m_kernel(new KernelPanel(this))
    , m_list(new SendListPanel(this))
    , m_tabs(new QTabWidget(this))
    , m_parts(new QSplitter(Qt::Vertical, this))
    , m_talk(new QWidget(this))
{
    auto* const dropped = new QLabel(tr("Only the last %1 entries stand here; all messages are in the table.")
                                         .arg(groupedNumber(TranscriptModel::maxEntries)));
    dropped->setWordWrap(true);
    dropped->hide();
    connect(&transcript, &TranscriptModel::appended, dropped,
        [dropped, &transcript] { dropped->setVisible(transcript.hasDropped()); });
    m_messages->setEmptyText(tr("Each message that goes out or comes in gets a row here."));

    auto* const column = new QVBoxLayout(m_talk);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(dropped);
    column->addWidget(m_transcript, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_messages, tr("Messages"));
    auto* const kernelArea = new FlatScrollArea(m_kernel, leastKernel);
    kernelArea->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_tabs->addTab(kernelArea, tr("Kernel"));
    m_tabs->addTab(m_list, tr("Send list"));
    m_tabs->setTabToolTip(m_tabs->indexOf(m_list), tr("Prepared messages, sent one after the other"));
    m_tabs->setTabToolTip(1, tr("Queues, round trip and window of the connection, over time"));
    m_parts->addWidget(m_talk);
    m_parts->addWidget(m_tabs);
    m_parts->setStretchFactor(0, 3);
    m_parts->setStretchFactor(1, 2);
    m_parts->setChildrenCollapsible(false);
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_parts);
}

void ClientResults::setTranscriptShown(bool shown)
{
    m_transcriptShown = shown;
    if (m_arrangement == Arrangement::Tab) {
        m_tabs->setTabVisible(m_tabs->indexOf(m_talk), shown);
    } else {
        m_talk->setVisible(shown);
    }
}

void ClientResults::showMessages()
{
    m_tabs->setCurrentWidget(m_messages);
}

void ClientResults::showSendList()
{
    m_tabs->setCurrentWidget(m_list);
}

QSize ClientResults::minimumSizeHint() const
{
    const QSize tabs = m_tabs->minimumSizeHint();
    return { std::max(tabs.width(), m_talk->minimumSizeHint().width()), tabs.height() };
}

ClientResults::Arrangement ClientResults::fitting() const
{
    if (width() >= fontMetrics().averageCharWidth() * sideBySideWidth) {
        return Arrangement::Beside;
    }
    return height() >= fontMetrics().lineSpacing() * stackedHeight ? Arrangement::Above : Arrangement::Tab;
}

void ClientResults::arrange(Arrangement arrangement)
{
    const bool wasTab = std::exchange(m_arrangement, arrangement) == Arrangement::Tab;
    const bool isTab = arrangement == Arrangement::Tab;
    m_parts->setOrientation(arrangement == Arrangement::Beside ? Qt::Horizontal : Qt::Vertical);
    if (isTab == wasTab) {
        return;
    }
    if (isTab) {
        m_tabs->insertTab(0, m_talk, tr("Transcript"));
        if (m_tabs->currentWidget() == m_messages) {
            m_tabs->setCurrentWidget(m_talk); // it was seen before
        }
    } else {
        m_parts->insertWidget(0, m_talk);
        m_parts->setStretchFactor(0, 3);
    }
    setTranscriptShown(m_transcriptShown);
}

void ClientResults::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (const Arrangement wanted = fitting(); wanted != m_arrangement) {
        arrange(wanted);
    }
}

} // namespace sockeye
