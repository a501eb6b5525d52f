// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/ladder/ladder_panel.h"

#include "app/ladder/ladder_words.h"
#include "ui/ladder/ladder_drawing.h"
#include "ui/ladder/ladder_view.h"
#include "ui/models/ticker.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/message_line.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace sockeye {

namespace {

constexpr int ladderSentenceLines = 2;
constexpr int ticksBetweenLooks = 8; ///< for what comes without a message: about four times a second
constexpr int savedWidth = 1000; ///< pixels of a picture, as far as there are not many life lines

} // namespace

LadderPanel::LadderPanel(QWidget* parent)
    : QWidget(parent)
    , m_view(new LadderView(this))
    , m_saver(new FileSaver(this))
    , m_title(new ElidedLabel(this))
    , m_save(new QToolButton(this))
    , m_trouble(new MessageLine(this))
    , m_sentence(new QLabel(this))
{
    m_sentence->setObjectName(QStringLiteral("ladderSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_sentence->setContentsMargins(8, 2, 8, 2);
    m_trouble->hide();
    buildLayout();
    setFocusProxy(m_view);

    connect(m_view, &LadderView::pictureChanged, this, &LadderPanel::updateTitle);
    connect(m_view, &LadderView::pictureChanged, this, &LadderPanel::updateSentence);
    connect(m_view, &LadderView::sentenceChanged, this, &LadderPanel::updateSentence);
    connect(m_view, &LadderView::chosen, this, [this](qsizetype row) {
        if (m_capture && row >= 0) {
            m_row = row;
            Q_EMIT messageChosen({ m_capture, row, m_capture->message(row) });
        }
    });
    connect(m_save, &QToolButton::clicked, this, [this] {
        if (m_saver->isBusy()) {
            m_saver->cancel();
        } else {
            askWhereToSave();
        }
    });
    connect(m_saver, &FileSaver::busyChanged, this, &LadderPanel::updateSaving);
    connect(m_saver, &FileSaver::failed, this, [this](const QString& sentence) {
        m_trouble->tell(sentence);
        m_trouble->show();
    });
    connect(m_saver, &FileSaver::saved, this, [this](const QString& file) {
        Q_EMIT statusMessage(tr("The ladder was saved as %1.").arg(QDir::toNativeSeparators(file)));
    });
    updateTitle();
    updateSentence();
    updateSaving();
}

void LadderPanel::buildLayout()
{
    m_save->setFocusPolicy(Qt::TabFocus);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 2, 8, 2);
    line->setSpacing(4);
    line->addWidget(m_title, 1);
    line->addWidget(m_save);
    m_sentence->setFixedHeight(m_sentence->fontMetrics().lineSpacing() * ladderSentenceLines + 4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addWidget(m_trouble);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_sentence);
}

void LadderPanel::setEmptyText(const QString& text)
{
    m_view->setEmptyText(text);
}

/// The view is told as late as it is seen: a page that nobody looks at costs nothing.
void LadderPanel::setCapture(const std::shared_ptr<Capture>& capture)
{
    m_capture = capture;
    m_row = -1;
    m_connection = 0;
    m_isStale = true;
    updateSaving();
    if (isVisible()) {
        look();
    }
}

void LadderPanel::showConnection(quint32 connection)
{
    if (connection == m_connection) {
        return;
    }
    m_connection = connection;
    m_isStale = true;
    if (isVisible()) {
        look();
    }
}

void LadderPanel::showMessage(const MessageRef& message)
{
    m_row = message.capture == m_capture ? message.row : -1;
    if (isVisible() && !m_isStale) {
        m_view->setSelected(m_row);
    }
}

QString LadderPanel::sentence() const
{
    return m_sentence->text();
}

void LadderPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    connect(&Ticker::instance(), &Ticker::tick, this, &LadderPanel::look, Qt::UniqueConnection);
    look();
}

void LadderPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    disconnect(&Ticker::instance(), &Ticker::tick, this, &LadderPanel::look);
}

/// Takes what is new in the capture.
void LadderPanel::look()
{
    if (m_isStale) {
        m_isStale = false;
        m_seenMessages = -1;
        m_view->setConnection(m_capture, m_connection);
    }
    m_view->setSelected(m_row);
    if (m_saver->isBusy()) {
        updateSaving();
    }
    if (!m_capture || !m_view->isUpToDate()) {
        return;
    }
    const qsizetype messages = m_capture->messageCount();
    if (messages != m_seenMessages) {
        m_seenMessages = messages;
        m_view->refresh(false);
    } else if (++m_ticks >= ticksBetweenLooks) {
        m_ticks = 0;
        m_view->refresh(true);
    }
}

void LadderPanel::askWhereToSave()
{
    if (!m_capture) {
        return;
    }
    auto* dialog =
        new QFileDialog(this, tr("Save the ladder"), QString(), tr("SVG pictures (*.svg);;PNG pictures (*.png)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->selectFile(m_connection == 0 ? QStringLiteral("ladder.svg")
                                         : QStringLiteral("ladder-%1.svg").arg(QString::number(m_connection)));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(
            filter.contains(QLatin1StringView("*.png")) ? QStringLiteral("png") : QStringLiteral("svg"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &LadderPanel::save);
    dialog->open();
}

void LadderPanel::save(const QString& file)
{
    LadderDrawing drawing;
    drawing.capture = m_capture;
    drawing.connection = m_connection;
    drawing.file = file;
    drawing.format =
        file.endsWith(QLatin1StringView(".png"), Qt::CaseInsensitive) ? LadderFormat::Png : LadderFormat::Svg;
    drawing.font = m_view->font();
    drawing.isDark = Theme::instance().isDark();
    drawing.width = savedWidth;
    if (m_capture) {
        m_trouble->hide();
        m_saver->save(file, [drawing](const SaveProgress& goesOn) { return drawLadder(drawing, goesOn); });
    }
}

void LadderPanel::updateTitle()
{
    const LadderPicturePtr& picture = m_view->picture();
    m_title->setFullText(picture && picture->total > 0 ? ladderTitle(*picture) : tr("Ladder: nothing happened yet"));
}

void LadderPanel::updateSentence()
{
    QString text = m_view->sentence();
    if (text.isEmpty() && m_view->picture() && m_view->picture()->total > 0) {
        text = tr("Point at a step, or select it: here it is told in words.");
    }
    m_sentence->setText(text);
}

void LadderPanel::updateSaving()
{
    m_save->setEnabled(m_capture != nullptr);
    m_save->setText(
        m_saver->isBusy() ? tr("Stop saving (%1 %)").arg(QString::number(m_saver->percent())) : tr("Save ladder…"));
    m_save->setToolTip(
        m_saver->isBusy() ? tr("Stop, and leave no file") : tr("Save the whole ladder as a picture: SVG or PNG"));
}

} // namespace sockeye
