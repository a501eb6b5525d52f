// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/reread_row.h"

#include "ui/models/ticker.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <utility>

namespace sockeye {

namespace {
constexpr int rereadSteps = 1000;
// In milliseconds: what is over before would only flicker.
constexpr qint64 unseenFor = 250;

bool isSame(const Limits& a, const Limits& b)
{
    return a.maxContent == b.maxContent && a.maxDepth == b.maxDepth && a.maxLine == b.maxLine;
}
} // namespace

RereadRow::RereadRow(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_progress(new QProgressBar(this))
{
    m_progress->setRange(0, rereadSteps);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Reading by another protocol"));
    auto* cancel = new QPushButton(tr("Keep as it is"), this);
    cancel->setToolTip(tr("Keep the messages as they are shown"));
    connect(cancel, &QPushButton::clicked, this, &RereadRow::cancel);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_text);
    layout->addWidget(m_progress, 1);
    layout->addWidget(cancel);
    hide();
}

void RereadRow::begin(const std::shared_ptr<Capture>& capture, const ProtocolPtr& protocol)
{
    begin(capture, protocol, capture->limits());
}

void RereadRow::begin(const std::shared_ptr<Capture>& capture, const ProtocolPtr& protocol, const Limits& limits)
{
    giveUp();
    if (capture->protocol() == protocol && isSame(capture->limits(), limits)) {
        Q_EMIT ready(capture);
        return;
    }
    m_next = capture->readAnew(protocol, limits);
    if (capture->messageCount() == 0 && capture->byteCount() == 0) {
        Q_EMIT ready(std::exchange(m_next, nullptr)); // nothing that would be missed until it is whole
        return;
    }
    m_since.start();
    m_text->setText(tr("Reading as %1…").arg(protocol->title()));
    connect(&Ticker::instance(), &Ticker::tick, this, &RereadRow::look);
}

void RereadRow::giveUp()
{
    disconnect(&Ticker::instance(), &Ticker::tick, this, &RereadRow::look);
    if (m_next) {
        m_next->cancelReading();
        m_next.reset();
    }
    hide();
}

void RereadRow::look()
{
    if (!m_next->isReadAnew()) {
        const std::shared_ptr<Capture> whole = std::exchange(m_next, nullptr);
        giveUp();
        Q_EMIT ready(whole);
        return;
    }
    m_progress->setValue(static_cast<int>(m_next->progress() * rereadSteps));
    if (m_since.elapsed() >= unseenFor) {
        show();
    }
}

void RereadRow::cancel()
{
    giveUp();
    Q_EMIT cancelled();
}

} // namespace sockeye
