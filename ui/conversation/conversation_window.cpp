// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/conversation_window.h"

#include "app/threads/background_threads.h"
#include "ui/conversation/conversation_saving.h"
#include "ui/text/byte_count_text.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPromise>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QThreadPool>

#include <algorithm>
#include <chrono>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 250ms;
constexpr auto sliceTime = 12ms; ///< the window stays usable while a long text is put in
constexpr qreal textMargin = 8;
constexpr qsizetype sliceSize = 8192; ///< characters

QByteArray keyOf(const Capture* capture, quint32 connection)
{
    return QByteArray::number(reinterpret_cast<quintptr>(capture), 16) + '/' + QByteArray::number(connection);
}

/// Long pieces come in several: each is put in at once.
std::vector<ConversationPiece> inSlices(std::vector<ConversationPiece> pieces)
{
    std::vector<ConversationPiece> out;
    out.reserve(pieces.size());
    for (ConversationPiece& piece : pieces) {
        if (piece.text.size() <= sliceSize) {
            out.push_back(std::move(piece));
            continue;
        }
        for (qsizetype at = 0; at < piece.text.size();) {
            qsizetype size = std::min(sliceSize, piece.text.size() - at);
            if (at + size < piece.text.size() && piece.text[at + size].isLowSurrogate()) {
                ++size;
            }
            out.push_back({ piece.text.sliced(at, size), piece.sender, piece.isHeading });
            at += size;
        }
    }
    return out;
}

QTextCharFormat formatOf(const ConversationPiece& piece)
{
    QTextCharFormat format;
    if (piece.isHeading) {
        format.setFontWeight(QFont::Bold); // muted text would lack contrast on the tint
    }
    format.setBackground(
        Theme::instance().fieldTint(piece.sender == Sender::Client ? FieldKind::Header : FieldKind::Content));
    return format;
}

} // namespace

ConversationWindow* ConversationWindow::open(
    const std::shared_ptr<Capture>& capture, quint32 connection, QWidget* parent)
{
    return openOnce<ConversationWindow>(QString::fromLatin1(keyOf(capture.get(), connection)), parent,
        [&] { return new ConversationWindow(capture, connection, parent); });
}

ConversationWindow::ConversationWindow(std::shared_ptr<Capture> capture, quint32 connection, QWidget* parent)
    : SideWindow(parent)
    , m_capture(std::move(capture))
    , m_connection(connection)
    , m_sides(new QComboBox(this))
    , m_form(new QComboBox(this))
    , m_headings(new QCheckBox(tr("&Who and when"), this))
    , m_words(new QLineEdit(this))
    , m_text(new QPlainTextEdit(this))
    , m_save(addButton(QStringLiteral("save"), QString(), QString()))
    , m_saver(new FileSaver(this))
{
    const auto record = m_capture->connection(connection);
    setWindowTitle(record
            ? tr("Conversation #%1 with %2 – Sockeye").arg(QString::number(connection), record->facts.peer.toString())
            : tr("Conversation #%1 – Sockeye").arg(connection));
    m_sides->addItem(tr("Both sides"), static_cast<int>(Sender::Either));
    m_sides->addItem(tr("Only the client"), static_cast<int>(Sender::Client));
    m_sides->addItem(tr("Only the server"), static_cast<int>(Sender::Server));
    m_sides->setAccessibleName(tr("Whose bytes"));
    m_form->addItem(tr("Text"), static_cast<int>(ConversationForm::Text));
    m_form->addItem(tr("Hex dump"), static_cast<int>(ConversationForm::HexDump));
    m_form->addItem(tr("C arrays"), static_cast<int>(ConversationForm::CArrays));
    m_form->setAccessibleName(tr("Shown as"));
    m_headings->setChecked(true);
    m_headings->setToolTip(tr("A line before each turn: who, when, how long after the turn before it, how much"));
    m_words->setPlaceholderText(tr("Find in the conversation"));
    m_words->setAccessibleName(m_words->placeholderText());
    m_words->setClearButtonEnabled(true);
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(Theme::instance().monospace());
    m_text->document()->setDocumentMargin(textMargin);
    m_text->setPlaceholderText(tr("Nothing has been said yet."));
    m_text->setAccessibleName(tr("Conversation"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWhatIsCopied([this] { return m_text->toPlainText(); });
    buildLayout();

    connect(&m_watcher, &QFutureWatcher<ConversationText>::finished, this, &ConversationWindow::loaded);
    connect(&m_clock, &QTimer::timeout, this, &ConversationWindow::look);
    connect(&m_inserting, &QTimer::timeout, this, &ConversationWindow::insertSome);
    connect(m_sides, &QComboBox::currentIndexChanged, this, &ConversationWindow::restart);
    connect(m_form, &QComboBox::currentIndexChanged, this, &ConversationWindow::restart);
    connect(m_headings, &QCheckBox::toggled, this, &ConversationWindow::restart);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_text->setFont(Theme::instance().monospace());
        restart();
    });
    connect(m_save, &QPushButton::clicked, this, [this] {
        if (m_saver->isBusy()) {
            m_saver->cancel();
        } else {
            askWhereToSave();
        }
    });
    connect(m_saver, &FileSaver::busyChanged, this, &ConversationWindow::updateSaving);
    connect(m_saver, &FileSaver::failed, this, [this](const QString& sentence) { summary()->setText(sentence); });
    connect(m_saver, &FileSaver::saved, this, [this](const QString& file) {
        summary()->setText(tr("The whole conversation was saved as %1.").arg(QDir::toNativeSeparators(file)));
    });
    updateSaving();
    m_inserting.setInterval(0);
    m_clock.start(lookEvery);
    look();
}

ConversationWindow::~ConversationWindow()
{
    m_watcher.cancel();
}

void ConversationWindow::buildLayout()
{
    bar()->addWidget(m_sides);
    bar()->addWidget(m_form);
    bar()->addWidget(m_headings);
    bar()->addStretch(1);
    bar()->addWidget(m_words, 2);
    setContent(m_text);
    resize(820, 600);
    m_text->setFocus();

    connect(m_words, &QLineEdit::textChanged, this, [this] { find(false); });
    connect(m_words, &QLineEdit::returnPressed, this, [this] { find(true); });
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_words, [this] {
        m_words->setFocus();
        m_words->selectAll();
    });
    connect(new QShortcut(QKeySequence::FindNext, this), &QShortcut::activated, this, [this] { find(true); });
}

void ConversationWindow::look()
{
    if (m_saver->isBusy()) {
        updateSaving();
    }
    const auto record = m_capture->connection(m_connection);
    if (record && !m_watcher.isRunning() && !m_inserting.isActive() && !m_target.isCut
        && record->bytesIn + record->bytesOut != m_bytes) {
        load();
    }
}

void ConversationWindow::load()
{
    const auto record = m_capture->connection(m_connection);
    if (!record) {
        return;
    }
    m_bytes = record->bytesIn + record->bytesOut;
    const auto promise = std::make_shared<QPromise<ConversationText>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, look = chosenLook(), capture = m_capture, connection = *record] {
        ConversationText text =
            conversationText(*capture, connection, look, [&promise] { return !promise->isCanceled(); });
        text.pieces = inSlices(std::move(text.pieces));
        promise->addResult(std::move(text));
        promise->finish();
    });
}

ConversationLook ConversationWindow::chosenLook() const
{
    ConversationLook look;
    look.form = static_cast<ConversationForm>(m_form->currentData().toInt());
    look.sender = static_cast<Sender>(m_sides->currentData().toInt());
    look.hasHeadings = m_headings->isChecked();
    return look;
}

void ConversationWindow::askWhereToSave()
{
    const bool isCode = chosenLook().form == ConversationForm::CArrays;
    auto* dialog = new QFileDialog(this, tr("Save the conversation"), QString(),
        isCode ? tr("C sources (*.c *.h);;All files (*)") : tr("Text files (*.txt);;All files (*)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(isCode ? QStringLiteral("c") : QStringLiteral("txt"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->selectFile(
        QStringLiteral("conversation-%1.%2").arg(QString::number(m_connection), dialog->defaultSuffix()));
    connect(dialog, &QFileDialog::fileSelected, this, &ConversationWindow::saveTo);
    dialog->open();
}

void ConversationWindow::saveTo(const QString& file)
{
    const auto record = m_capture->connection(m_connection);
    if (!record) {
        return;
    }
    const ConversationSaving saving { m_capture, *record, chosenLook(), file };
    m_saver->save(file, [saving](const SaveProgress& goesOn) { return saveConversation(saving, goesOn); });
}

void ConversationWindow::updateSaving()
{
    const bool isBusy = m_saver->isBusy();
    m_save->setText(isBusy ? tr("&Stop saving (%1 %)").arg(QString::number(m_saver->percent())) : tr("&Save as…"));
    m_save->setToolTip(isBusy ? tr("Stop, and leave no file")
                              : tr("The whole conversation as a text file, in the form that is shown"));
}

void ConversationWindow::loaded()
{
    QFuture<ConversationText> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    m_target = future.takeResult();
    // What stands there already stays: all but the last turn, usually, which goes on and has another heading then.
    const std::size_t both = std::min(m_shown.size(), m_target.pieces.size());
    std::size_t same = 0;
    while (same < both && (m_shown[same] == m_target.pieces[same] || changeHeading(same))) {
        ++same;
    }
    if (same < m_shown.size()) {
        QTextCursor cursor(m_text->document());
        cursor.setPosition(m_places[same]);
        cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        m_shown.resize(same);
        m_places.resize(same);
    }
    showCounts();
    m_inserting.start();
}

/// False: it is none, or of another turn.
bool ConversationWindow::changeHeading(std::size_t number)
{
    ConversationPiece& shown = m_shown[number];
    const ConversationPiece& wanted = m_target.pieces[number];
    if (!shown.isHeading || !wanted.isHeading || shown.sender != wanted.sender) {
        return false;
    }
    QTextCursor cursor(m_text->document());
    // Without its line feed, so that what stands behind it keeps its line.
    cursor.setPosition(m_places[number]);
    cursor.setPosition(m_places[number] + static_cast<int>(shown.text.size()) - 1, QTextCursor::KeepAnchor);
    cursor.insertText(wanted.text.chopped(1), formatOf(wanted));
    const int longer = static_cast<int>(wanted.text.size() - shown.text.size());
    std::for_each(m_places.begin() + static_cast<std::ptrdiff_t>(number) + 1, m_places.end(),
        [longer](int& place) { place += longer; });
    shown = wanted;
    return true;
}

void ConversationWindow::insertSome()
{
    QScrollBar* bar = m_text->verticalScrollBar();
    const bool isAtEnd = bar->value() == bar->maximum() && bar->maximum() > 0;
    QElapsedTimer timer;
    timer.start();
    while (m_shown.size() < m_target.pieces.size() && !timer.hasExpired(sliceTime.count())) {
        insert(m_target.pieces[m_shown.size()]);
    }
    if (m_shown.size() == m_target.pieces.size()) {
        m_inserting.stop();
    }
    if (isAtEnd) {
        bar->setValue(bar->maximum());
    }
}

void ConversationWindow::insert(const ConversationPiece& piece)
{
    QTextCursor cursor(m_text->document());
    cursor.movePosition(QTextCursor::End);
    m_places.push_back(cursor.position());
    cursor.insertText(piece.text, formatOf(piece));
    m_shown.push_back(piece);
}

void ConversationWindow::restart()
{
    m_watcher.cancel();
    m_inserting.stop();
    m_text->clear();
    m_shown.clear();
    m_places.clear();
    m_target = {};
    load();
}

void ConversationWindow::find(bool again)
{
    const QString wanted = m_words->text();
    if (!again) {
        // As one types: from where the last hit began.
        QTextCursor cursor = m_text->textCursor();
        cursor.setPosition(cursor.selectionStart());
        m_text->setTextCursor(cursor);
    }
    bool found = wanted.isEmpty() || m_text->find(wanted);
    if (!found) {
        m_text->moveCursor(QTextCursor::Start);
        found = m_text->find(wanted);
    }
    showCounts();
    if (!found) {
        summary()->setText(tr("Nothing that is shown has these words."));
    }
}

void ConversationWindow::showCounts()
{
    const QString turns = tr("%n turn(s)", nullptr, static_cast<int>(m_target.turns));
    const QString bytes = byteCountText(m_target.bytes);
    summary()->setText(m_target.isCut
            ? tr("The first %1, %2. The connection has more: “Save as…” writes all of it.").arg(turns, bytes)
            : tr("%1, %2").arg(turns, bytes));
}

} // namespace sockeye
