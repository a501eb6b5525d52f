// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/json_view.h"

#include "protocol/json/json_writer.h"
#include "protocol/text/visible_text.h"
#include "ui/inspector/json_tree_model.h"
#include "ui/text/byte_count_text.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace sockeye {

namespace {

QToolButton* makeSwitch(const QString& text, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setAccessibleName(text);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

QString whyNoJson(const InspectedMessage& message)
{
    const auto translated = [](const char* sentence) {
        return QCoreApplication::translate("sockeye::JsonView", sentence);
    };
    const Annotation& annotation = message.annotation;
    if (!message.told.isEmpty()) {
        return message.told;
    }
    if (!message.protocol->hasStructure()) {
        return message.protocol->whyNotJson();
    }
    if (annotation.error()) {
        return message.left.isEmpty() ? describe(*annotation.error()) : message.left;
    }
    if (annotation.contentOffset() >= annotation.bytes().size()) {
        return translated("The content is empty.");
    }
    return message.protocol->whyNotJson();
}

QString readableJson(const QByteArray& json, bool* cut)
{
    constexpr qsizetype maxBytes = 256 * 1024;
    constexpr qsizetype maxLine = 2000;
    const QByteArray text = json::pretty(json, maxBytes);
    // pretty() only adds to what it shows, so a longer text has lost something.
    bool isCut = text.size() > maxBytes;
    QStringList lines;
    for (const QByteArray& line : text.split('\n')) {
        // One long line would be laid out anew at each change of the width.
        isCut = isCut || QString::fromUtf8(line).size() > maxLine;
        lines.append(visibleText(line, maxLine));
    }
    if (cut != nullptr) {
        *cut = isCut;
    }
    return lines.join(u'\n');
}

JsonView::JsonView(QWidget* parent)
    : QWidget(parent)
    , m_note(new QLabel(this))
    , m_textButton(makeSwitch(tr("Text"), this))
    , m_treeButton(makeSwitch(tr("Tree"), this))
    , m_stack(new QStackedWidget(this))
    , m_text(new QPlainTextEdit(this))
    , m_tree(new QTreeView(this))
    , m_none(new QLabel(this))
    , m_model(new JsonTreeModel(this))
{
    setAccessibleName(tr("JSON"));
    m_text->setAccessibleName(tr("JSON"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setUndoRedoEnabled(false);
    m_tree->setAccessibleName(tr("JSON tree"));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(14);
    m_tree->setModel(m_model);
    m_tree->header()->setStretchLastSection(true);
    m_none->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_none->setWordWrap(true);
    m_none->setMargin(8);
    m_note->setWordWrap(true);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_none);

    auto* group = new QButtonGroup(this);
    group->addButton(m_textButton);
    group->addButton(m_treeButton);
    m_textButton->setChecked(true);
    connect(m_treeButton, &QToolButton::toggled, this, [this] { fill(); });

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(4, 2, 4, 2);
    bar->setSpacing(4);
    bar->addWidget(m_textButton);
    bar->addWidget(m_treeButton);
    bar->addWidget(m_note, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);
    connect(&Theme::instance(), &Theme::changed, this, &JsonView::takeTheme);
    takeTheme();
    fill();
}

void JsonView::takeTheme()
{
    m_text->setFont(Theme::instance().monospace());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::instance().muted());
    m_none->setPalette(colours);
    m_note->setPalette(colours);
}

bool JsonView::showsTree() const
{
    return m_treeButton->isChecked();
}

void JsonView::setShowsTree(bool tree)
{
    (tree ? m_treeButton : m_textButton)->setChecked(true);
}

void JsonView::setMessage(const InspectedMessagePtr& message)
{
    m_message = message;
    m_stale = true;
    if (isVisible()) {
        fill();
    }
}

void JsonView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale) {
        fill();
    }
}

void JsonView::fill()
{
    m_stale = false;
    const bool hasJson = m_message && !m_message->annotation.json().isNull();
    m_textButton->setVisible(hasJson);
    m_treeButton->setVisible(hasJson);
    m_note->clear();
    if (!hasJson) {
        m_text->clear();
        m_model->setOutline({});
        m_none->setText(m_message ? tr("No JSON in this message") % u"\n\n" % whyNoJson(*m_message) : QString());
        m_stack->setCurrentWidget(m_none);
        return;
    }
    const QByteArray& json = m_message->annotation.json();
    bool isCut = false;
    if (showsTree()) {
        JsonOutline outline = outlineJson(json);
        isCut = !outline.complete;
        m_text->clear();
        m_model->setOutline(std::move(outline));
        m_tree->expandToDepth(1);
        m_tree->resizeColumnToContents(JsonTreeModel::KeyColumn);
        m_stack->setCurrentWidget(m_tree);
    } else {
        m_text->setPlainText(readableJson(json, &isCut));
        m_model->setOutline({});
        m_stack->setCurrentWidget(m_text);
    }
    if (isCut) {
        m_note->setText(tr("Shortened: the whole text has %1").arg(byteCountText(json.size())));
    }
}

} // namespace sockeye
