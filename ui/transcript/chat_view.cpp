// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/chat_view.h"

#include "protocol/text/visible_text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int maxSaid = 4'000; // characters of one line, which are 16,000 bytes at most
constexpr qsizetype maxHistory = 100;
constexpr qsizetype maxRecipients = 1'000; // a list longer than that is no choice

} // namespace

ChatView::ChatView(QWidget* parent)
    : QWidget(parent)
    , m_talk(new QPlainTextEdit(this))
    , m_toLabel(new QLabel(tr("&To"), this))
    , m_to(new QComboBox(this))
    , m_entry(new QLineEdit(this))
    , m_say(new QPushButton(tr("Sa&y"), this))
{
    m_talk->setReadOnly(true);
    m_talk->setUndoRedoEnabled(false);
    m_talk->setMaximumBlockCount(maxLines);
    m_talk->setAccessibleName(tr("Chat"));
    m_talk->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_talk->setPlaceholderText(tr("What is said stands here."));
    m_to->setAccessibleName(tr("To"));
    m_to->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_to->setMaximumWidth(m_to->fontMetrics().averageCharWidth() * 32);
    m_to->addItem(tr("everybody"), 0U);
    m_to->hide();
    m_toLabel->setBuddy(m_to);
    m_toLabel->hide();
    m_entry->setAccessibleName(tr("Line to say"));
    m_entry->setMaxLength(maxSaid);
    m_entry->installEventFilter(this);
    m_say->setAccessibleName(tr("Say"));

    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_toLabel);
    row->addWidget(m_to);
    row->addWidget(m_entry, 1);
    row->addWidget(m_say);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_talk, 1);
    column->addLayout(row);
    setFocusProxy(m_entry);
    connect(m_entry, &QLineEdit::returnPressed, this, &ChatView::say);
    connect(m_say, &QPushButton::clicked, this, &ChatView::say);
    connect(&Theme::instance(), &Theme::changed, this, &ChatView::showAll);
}

void ChatView::append(const std::vector<ChatLine>& lines)
{
    if (lines.empty()) {
        return;
    }
    QScrollBar* const bar = m_talk->verticalScrollBar();
    const bool follows = bar->value() == bar->maximum();
    m_talk->setUpdatesEnabled(false);
    // More than stay need not be shown to go away at once.
    const std::size_t from = lines.size() > maxLines ? lines.size() - maxLines : 0;
    for (std::size_t i = from; i < lines.size(); ++i) {
        m_lines.push_back(lines[i]);
        m_lines.back().text.truncate(maxShown);
        put(m_lines.back());
        if (m_lines.size() > maxLines) {
            m_lines.pop_front();
        }
    }
    m_talk->setUpdatesEnabled(true);
    if (follows) {
        bar->setValue(bar->maximum());
    }
}

QString ChatView::typed() const
{
    return m_entry->text();
}

void ChatView::setTyped(const QString& text)
{
    m_entry->setText(text);
    m_entry->setFocus(Qt::OtherFocusReason);
}

void ChatView::clear()
{
    m_lines.clear();
    m_talk->clear();
}

void ChatView::showAll()
{
    QScrollBar* const bar = m_talk->verticalScrollBar();
    const int place = bar->value();
    const bool follows = place == bar->maximum();
    m_talk->clear();
    for (const ChatLine& line : m_lines) {
        put(line);
    }
    bar->setValue(follows ? bar->maximum() : place);
}

void ChatView::put(const ChatLine& line)
{
    const Theme& theme = Theme::instance();
    QTextCharFormat quiet;
    quiet.setForeground(theme.muted());
    QTextCharFormat name;
    name.setFontWeight(QFont::DemiBold);
    QTextCharFormat words;
    switch (line.tone) {
    case ChatLine::Tone::Said:
        break;
    case ChatLine::Tone::Ours:
        name.setForeground(theme.accent());
        break;
    case ChatLine::Tone::Notice:
        words = quiet;
        break;
    case ChatLine::Tone::Trouble:
        words.setForeground(theme.error());
        break;
    }
    // Not the cursor of the widget: a selection that somebody makes stays.
    QTextCursor cursor(m_talk->document());
    cursor.movePosition(QTextCursor::End);
    if (!m_talk->document()->isEmpty()) {
        cursor.insertBlock();
    }
    cursor.insertText(
        QDateTime::fromMSecsSinceEpoch(line.time / 1'000'000).toString(QStringLiteral("HH:mm:ss")), quiet);
    cursor.insertText(QStringLiteral("  "), quiet);
    if (!line.who.isEmpty()) {
        cursor.insertText(visibleText(line.who) + QStringLiteral("  "), name);
    }
    cursor.insertText(visibleText(line.text), words);
}

void ChatView::setRecipients(const QList<std::pair<quint32, QString>>& recipients)
{
    m_to->show();
    m_toLabel->show();
    const quint32 chosen = m_to->currentData().toUInt();
    const QSignalBlocker blocker(m_to);
    m_to->clear();
    m_to->addItem(tr("everybody"), 0U);
    for (const auto& [id, label] : recipients.first(qMin(recipients.size(), maxRecipients))) {
        m_to->addItem(label, id);
    }
    m_to->setCurrentIndex(qMax(0, m_to->findData(chosen)));
}

void ChatView::setCanSay(bool can, const QString& hint)
{
    m_entry->setEnabled(can);
    m_say->setEnabled(can);
    m_to->setEnabled(can);
    m_entry->setPlaceholderText(hint);
}

void ChatView::say()
{
    const QString line = m_entry->text();
    if (line.isEmpty() || !m_entry->isEnabled()) {
        return;
    }
    m_history.append(line);
    if (m_history.size() > maxHistory) {
        m_history.removeFirst();
    }
    m_walked = 0;
    m_entry->clear();
    Q_EMIT said(line, m_to->currentData().toUInt());
}

void ChatView::walk(bool older)
{
    const qsizetype wanted = m_walked + (older ? 1 : -1);
    if (wanted >= 0 && wanted <= m_history.size()) {
        m_walked = wanted;
        m_entry->setText(wanted == 0 ? QString() : m_history[m_history.size() - wanted]);
    }
}

bool ChatView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_entry && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            walk(key == Qt::Key_Up);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QString ChatView::text() const
{
    return m_talk->toPlainText();
}

void ChatView::copySelection()
{
    m_talk->copy();
}

} // namespace sockeye
