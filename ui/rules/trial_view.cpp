// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/rules/trial_view.h"

#include "app/threads/background_threads.h"
#include "protocol/hex/hex_reader.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/structure_view.h"
#include "ui/inspector/view_link.h"
#include "ui/models/selected_message.h"
#include "ui/theme/theme.h"
#include "ui/widgets/coloured_text.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QThreadPool>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr qint64 mostTried = 64 * 1024; // bytes of a selected message; a field for text takes no more without a wait
constexpr int textLines = 3;

} // namespace

TrialView::TrialView(QWidget* parent)
    : QWidget(parent)
    , m_direction(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_take(new QPushButton(tr("&Take the selected one"), this))
    , m_text(new QPlainTextEdit(this))
    , m_note(new QLabel(this))
    , m_verdict(new QLabel(this))
    , m_structure(new StructureView(this))
    , m_bytes(new HexView(this))
    , m_link(new ViewLink(m_structure, m_bytes, this))
{
    m_direction->setAccessibleName(tr("Who sends it"));
    m_direction->addItem(tr("from the client"));
    m_direction->addItem(tr("from the target"));
    m_direction->hide();
    m_kind->setAccessibleName(tr("What the message is written as"));
    m_kind->addItem(tr("Text"));
    m_kind->addItem(tr("JSON"));
    m_kind->addItem(tr("Bytes"));
    m_kind->setItemData(0, tr("What the message says; the protocol makes a message of it"), Qt::ToolTipRole);
    m_kind->setItemData(1, tr("Its content in JSON; the protocol makes a message of it"), Qt::ToolTipRole);
    m_kind->setItemData(2, tr("The whole message in hexadecimal, as it comes"), Qt::ToolTipRole);
    m_kind->setCurrentIndex(1);
    m_take->setToolTip(tr("Try the rules on the message that is selected in a table"));
    m_take->setAutoDefault(false);
    m_take->setEnabled(SelectedMessage::instance().isThere());
    m_text->setAccessibleName(tr("Message to try the rules on"));
    m_text->setPlaceholderText(tr("Type a message: what the rules make of it is shown below."));
    m_text->setFont(Theme::instance().monospace());
    m_text->setFixedHeight(QFontMetrics(m_text->font()).lineSpacing() * textLines + 2 * m_text->frameWidth() + 8);
    m_text->setTabChangesFocus(true);
    for (QLabel* label : { m_note, m_verdict }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_note->hide();
    m_verdict->setAccessibleName(tr("What becomes of the message"));

    auto* head = new QHBoxLayout;
    auto* label = new QLabel(tr("T&rial"), this);
    label->setBuddy(m_text);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    head->addWidget(label);
    head->addWidget(m_direction);
    head->addWidget(m_kind);
    head->addStretch(1);
    head->addWidget(m_take);
    auto* views = new QSplitter(Qt::Vertical, this);
    views->addWidget(m_structure);
    views->addWidget(m_bytes);
    views->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_text);
    layout->addWidget(m_note);
    layout->addWidget(m_verdict);
    layout->addWidget(views, 1);

    connect(m_text, &QPlainTextEdit::textChanged, this, &TrialView::messageChanged);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &TrialView::messageChanged);
    connect(m_direction, &QComboBox::currentIndexChanged, this, &TrialView::messageChanged);
    connect(m_take, &QPushButton::clicked, this, &TrialView::takeSelected);
    connect(&SelectedMessage::instance(), &SelectedMessage::changed, this,
        [this] { m_take->setEnabled(SelectedMessage::instance().isThere()); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { m_text->setFont(Theme::instance().monospace()); });
}

void TrialView::setPassesOn(bool passesOn)
{
    m_direction->setVisible(passesOn);
}

TriedMessage TrialView::message() const
{
    TriedMessage message;
    message.kind = static_cast<TriedMessage::Kind>(m_kind->currentIndex());
    message.direction = m_direction->isHidden() || m_direction->currentIndex() == 0 ? Direction::In : Direction::Out;
    const QString typed = m_text->toPlainText();
    if (message.kind == TriedMessage::Kind::Bytes) {
        const auto bytes = readHex(typed);
        message.content = bytes ? bytes->bytes : QByteArray();
    } else {
        message.content = typed.toUtf8();
    }
    return message;
}

void TrialView::showNote()
{
    const QString typed = m_text->toPlainText();
    const bool isBytes = m_kind->currentIndex() == static_cast<int>(TriedMessage::Kind::Bytes);
    const auto bytes = isBytes ? readHex(typed) : HexResult<HexBytes>();
    const QString note = bytes ? bytes->note : describe(bytes.error(), typed);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void TrialView::show(const RulesTrialResult& result)
{
    showNote();
    m_verdict->setText(result.verdict);
    m_verdict->setVisible(!result.verdict.isEmpty());
    setTextColour(*m_verdict, result.isTrouble ? Theme::instance().error() : palette().color(QPalette::WindowText));
    m_structure->setMessage(result.made);
    m_bytes->setMessage(result.made, HexView::Keep::Position);
}

void TrialView::showOutdated()
{
    showNote();
    setTextColour(*m_verdict, Theme::instance().muted());
}

/// Its bytes are on a disk: they are read in the background.
void TrialView::takeSelected()
{
    const MessageRef message = SelectedMessage::instance().message();
    if (!message.capture) {
        return;
    }
    backgroundThreads().start([view = QPointer<TrialView>(this), message] {
        const MessageRecord& record = message.record;
        const QByteArray bytes =
            message.capture->read(record.connection, record.direction, record.offset, std::min(record.size, mostTried));
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [view, bytes, direction = record.direction] {
                if (view) {
                    const QSignalBlocker blocker(view->m_kind);
                    view->m_kind->setCurrentIndex(static_cast<int>(TriedMessage::Kind::Bytes));
                    const QSignalBlocker other(view->m_direction);
                    view->m_direction->setCurrentIndex(direction == Direction::In ? 0 : 1);
                    view->m_text->setPlainText(QString::fromLatin1(bytes.toHex(' ')));
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace sockeye
