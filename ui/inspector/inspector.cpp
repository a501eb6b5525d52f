// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/inspector.h"

#include "ui/hexview/hex_view.h"
#include "ui/inspector/message_loader.h"
#include "ui/inspector/message_pane.h"
#include "ui/models/selected_message.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>
#include <optional>
#include <utility>

namespace sockeye {

using namespace std::chrono_literals;

class InspectorPrivate {
public:
    explicit InspectorPrivate(Inspector* inspector)
        : empty(new QLabel(inspector))
        , pane(new MessagePane(inspector))
        , stack(new QStackedLayout(inspector))
    {
    }

    QLabel* empty;
    MessagePane* pane;
    QStackedLayout* stack;
    MessageLoader loader;
    QTimer slow; // until it is worth saying that something is being loaded
    MessageRef wanted;
    MessageRef onScreen;
    std::optional<std::pair<qint64, qint64>> bytes; // to be selected in what is wanted, once it is on the screen

    void takeTheme() const
    {
        QPalette colours = pane->palette();
        colours.setColor(QPalette::WindowText, Theme::instance().muted());
        empty->setPalette(colours);
    }

    [[nodiscard]] bool isNewVersion() const
    {
        return onScreen.capture == wanted.capture && onScreen.record.connection == wanted.record.connection
            && onScreen.record.direction == wanted.record.direction && onScreen.record.offset == wanted.record.offset
            && onScreen.record.size > 0;
    }
};

Inspector::Inspector(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<InspectorPrivate>(this))
{
    d->empty->setText(tr("<b>No message selected</b><br><br>Select a message in a Messages table: here you see its "
                         "fields, its bytes and what they mean."));
    d->empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    d->empty->setWordWrap(true);
    d->empty->setMargin(16);
    d->stack->setContentsMargins(0, 0, 0, 0);
    d->stack->addWidget(d->empty);
    d->stack->addWidget(d->pane);
    d->slow.setSingleShot(true);
    d->slow.setInterval(150ms);
    connect(d->pane, &MessagePane::filterRequested, this, &Inspector::filterRequested);
    connect(&d->slow, &QTimer::timeout, this, [this] { d->pane->setLoading(true); });
    connect(&d->loader, &MessageLoader::loaded, this, [this](const InspectedMessagePtr& message) {
        d->slow.stop();
        d->pane->setMessage(d->wanted, message, d->isNewVersion());
        d->onScreen = d->wanted;
        d->stack->setCurrentWidget(d->pane);
        if (const auto bytes = std::exchange(d->bytes, std::nullopt)) {
            d->pane->bytes()->select(bytes->first, bytes->second);
        }
        Q_EMIT shown();
    });
    connect(d->pane->bytes(), &HexView::selectionChanged, this, &Inspector::bytesSelected);
    connect(&Theme::instance(), &Theme::changed, this, [this] { d->takeTheme(); });
    d->takeTheme();
}

Inspector::~Inspector()
{
    if (SelectedMessage::instance().message() == d->wanted) {
        SelectedMessage::instance().set({}); // it would keep the capture
    }
}

void Inspector::show(const MessageRef& message)
{
    if (message == d->wanted) {
        return;
    }
    d->wanted = message;
    d->bytes.reset();
    SelectedMessage::instance().set(message);
    d->slow.stop();
    d->loader.cancel();
    if (!message.capture) {
        d->onScreen = {};
        d->stack->setCurrentWidget(d->empty);
        return;
    }
    const RecordKind kind = message.record.kind;
    if (kind == RecordKind::Error || kind == RecordKind::Note) {
        d->pane->setText(message, message.capture->text(message.record.text));
        d->onScreen = message;
        d->stack->setCurrentWidget(d->pane);
        Q_EMIT shown();
        return;
    }
    // What is on the screen stays there until the new one is ready.
    d->slow.start();
    d->loader.load(message);
}

void Inspector::selectBytes(qint64 offset, qint64 size)
{
    if (d->onScreen == d->wanted && d->wanted.capture) {
        d->pane->bytes()->select(offset, size);
    } else {
        d->bytes.emplace(offset, size);
    }
}

MessageRef Inspector::message() const
{
    return d->wanted;
}

HexView* Inspector::bytes() const
{
    return d->pane->bytes();
}

void Inspector::copySelection()
{
    d->pane->copySelection();
}

QByteArray Inspector::saveState() const
{
    return d->pane->saveState();
}

void Inspector::restoreState(const QByteArray& state)
{
    d->pane->restoreState(state);
}

void Inspector::keyPressEvent(QKeyEvent* event)
{
    const bool backwards = event->modifiers() == Qt::ShiftModifier;
    const bool isF6 = event->key() == Qt::Key_F6 && (backwards || event->modifiers() == Qt::NoModifier);
    if (!isF6 || d->stack->currentWidget() != d->pane || !d->pane->focusNextPart(backwards)) {
        QWidget::keyPressEvent(event);
    }
}

} // namespace sockeye
