// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/protocols/protocol_editor.h"

#include "app/export/file_writing.h"
#include "app/threads/background_threads.h"
#include "protocol/hex/hex_reader.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/error_line.h"
#include "ui/inspector/structure_view.h"
#include "ui/inspector/view_link.h"
#include "ui/models/selected_message.h"
#include "ui/protocols/description_edit.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QApplication>
#include <QCloseEvent>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QThreadPool>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace sockeye {

namespace {

constexpr qint64 longestText = 4 * 1024 * 1024; // bytes
constexpr qint64 mostTaken = 64 * 1024; // bytes of a selected message; a field for text takes no more without a wait
constexpr int hexLines = 3;

QLabel* boldLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

ProtocolEditor* ProtocolEditor::open(const QString& file, QWidget* parent)
{
    const QString name = QFileInfo(file).absoluteFilePath();
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget* window : windows) {
        auto* editor = qobject_cast<ProtocolEditor*>(window);
        if (editor != nullptr && editor->file() == name && editor->isVisible()) {
            editor->raise();
            editor->activateWindow();
            return editor;
        }
    }
    auto* editor = new ProtocolEditor(name, parent);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    editor->QWidget::show();
    return editor;
}

ProtocolEditor::ProtocolEditor(const QString& file, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_file(file)
    , m_text(new DescriptionEdit(this))
    , m_mistakes(new QListWidget(this))
    , m_hex(new QPlainTextEdit(this))
    , m_hexNote(new QLabel(this))
    , m_take(new QPushButton(tr("&Take the selected message"), this))
    , m_summary(new ElidedLabel(this))
    , m_error(new ErrorLine(this))
    , m_structure(new StructureView(this))
    , m_bytes(new HexView(this))
    , m_path(new ElidedLabel(this))
    , m_link(new ViewLink(m_structure, m_bytes, this))
    , m_state(new QLabel(this))
    , m_save(new QPushButton(Theme::instance().icon(QStringLiteral("save")), tr("&Save"), this))
    , m_trial(new DescriptionTrial(this))
{
    constexpr std::chrono::milliseconds pause { 200 };
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    auto* parts = new QSplitter(Qt::Horizontal, this);
    parts->addWidget(makeText());
    parts->addWidget(makeMessage());
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);
    parts->setChildrenCollapsible(false);
    parts->setSizes({ 500, 500 });

    m_save->setToolTip(tr("Write the file; all that is shown by it is read anew"));
    auto* line = new QHBoxLayout;
    line->setContentsMargins(8, 4, 8, 8);
    line->addWidget(m_state, 1);
    line->addWidget(m_save);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(parts, 1);
    layout->addLayout(line);
    resize(1080, 680);

    const auto changed = [this] {
        showTitle();
        m_pause.start();
    };
    connect(m_text, &QPlainTextEdit::textChanged, this, changed);
    connect(m_hex, &QPlainTextEdit::textChanged, this, changed);
    connect(&m_pause, &QTimer::timeout, this, &ProtocolEditor::tryOut);
    connect(m_trial, &DescriptionTrial::done, this, &ProtocolEditor::show);
    connect(m_save, &QPushButton::clicked, this, &ProtocolEditor::save);
    connect(new QShortcut(QKeySequence::Save, this), &QShortcut::activated, this, &ProtocolEditor::save);
    connect(m_link, &ViewLink::pathTextChanged, this, [this] { m_path->setFullText(m_link->pathText()); });
    connect(m_mistakes, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        const kaitai::SourcePosition place = m_places.value(m_mistakes->row(item));
        m_text->goTo(place.line, place.column);
    });
    connect(m_mistakes, &QListWidget::itemClicked, m_mistakes, &QListWidget::itemActivated);
    connect(m_error, &ErrorLine::offsetActivated, this, [this](qint64 offset) { m_bytes->select(offset, 1); });
    showTitle();
    load();
}

QWidget* ProtocolEditor::makeText()
{
    m_mistakes->setAccessibleName(tr("Mistakes"));
    m_mistakes->setWordWrap(true);
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->addWidget(m_text);
    parts->addWidget(m_mistakes);
    parts->setStretchFactor(0, 4);
    parts->setStretchFactor(1, 1);
    parts->setSizes({ 500, 90 });
    parts->setChildrenCollapsible(false);
    return parts;
}

QWidget* ProtocolEditor::makeMessage()
{
    m_hex->setAccessibleName(tr("Message in hexadecimal"));
    m_hex->setPlaceholderText(
        tr("Paste a message in hexadecimal, or a dump of one, or take the one that is selected in "
           "a table. Without it the first example of the description (-self-test) is shown."));
    m_hex->setFont(Theme::instance().monospace());
    m_hex->setFixedHeight(QFontMetrics(m_hex->font()).lineSpacing() * hexLines + 2 * m_hex->frameWidth() + 8);
    m_hex->setTabChangesFocus(true);
    m_take->setToolTip(tr("Read the message that is selected in a Messages table by this description"));
    m_take->setAutoDefault(false);
    m_take->setEnabled(SelectedMessage::instance().isThere());
    connect(m_take, &QPushButton::clicked, this, &ProtocolEditor::takeSelected);
    connect(&SelectedMessage::instance(), &SelectedMessage::changed, this,
        [this] { m_take->setEnabled(SelectedMessage::instance().isThere()); });
    m_hexNote->setWordWrap(true);
    m_hexNote->hide();
    auto* views = new QSplitter(Qt::Vertical, this);
    views->addWidget(m_structure);
    views->addWidget(m_bytes);
    views->setChildrenCollapsible(false);
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(8, 4, 8, 0);
    layout->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->addWidget(boldLabel(tr("Message"), part), 1);
    head->addWidget(m_take);
    layout->addLayout(head);
    layout->addWidget(m_hex);
    layout->addWidget(m_hexNote);
    layout->addWidget(m_summary);
    layout->addWidget(m_error);
    layout->addWidget(views, 1);
    layout->addWidget(m_path);
    return part;
}

void ProtocolEditor::load()
{
    backgroundThreads().start([editor = QPointer<ProtocolEditor>(this), name = m_file] {
        QFile file(name);
        QByteArray text;
        QString problem;
        if (!file.open(QIODevice::ReadOnly)) {
            problem = file.errorString();
        } else {
            text = file.read(longestText);
        }
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [editor, text, problem] {
                if (editor) {
                    editor->loaded(text, problem);
                }
            },
            Qt::QueuedConnection);
    });
}

void ProtocolEditor::loaded(const QByteArray& text, const QString& problem)
{
    m_text->setPlainText(QString::fromUtf8(text));
    m_text->document()->setModified(false);
    showTitle();
    if (!problem.isEmpty()) {
        m_state->setText(tr("%1 cannot be read: %2.").arg(m_file, problem));
    }
}

bool ProtocolEditor::isChanged() const
{
    return m_text->document()->isModified();
}

void ProtocolEditor::showTitle()
{
    setWindowTitle(tr("%1[*] – Protocol – Sockeye").arg(QFileInfo(m_file).fileName()));
    setWindowModified(isChanged());
    m_save->setEnabled(isChanged());
}

/// Its bytes are on a disk: they are read in the background.
void ProtocolEditor::takeSelected()
{
    const MessageRef message = SelectedMessage::instance().message();
    if (!message.capture) {
        return;
    }
    backgroundThreads().start([editor = QPointer<ProtocolEditor>(this), message] {
        const MessageRecord& record = message.record;
        const QByteArray bytes =
            message.capture->read(record.connection, record.direction, record.offset, std::min(record.size, mostTaken));
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [editor, bytes] {
                if (editor) {
                    editor->m_hex->setPlainText(QString::fromLatin1(bytes.toHex(' ')));
                }
            },
            Qt::QueuedConnection);
    });
}

void ProtocolEditor::tryOut()
{
    const QString typed = m_hex->toPlainText();
    const auto bytes = readHex(typed);
    m_hexNote->setVisible(!bytes || !bytes->note.isEmpty());
    m_hexNote->setText(bytes ? bytes->note : describe(bytes.error(), typed));
    m_trial->start(m_file, m_text->toPlainText().toUtf8(), bytes ? bytes->bytes : QByteArray());
}

void ProtocolEditor::show(const TrialResult& result)
{
    m_text->setMistakes(result.mistakes);
    m_mistakes->clear();
    m_places.clear();
    for (const kaitai::Mistake& mistake : result.mistakes) {
        m_mistakes->addItem(mistake.place.line > 0
                ? tr("Line %1: %2").arg(QString::number(mistake.place.line), mistake.text)
                : mistake.text);
        m_places.append(mistake.place);
    }
    if (result.isUsable) {
        m_state->setText(result.mistakes.isEmpty() && result.examples.isEmpty() ? tr("The description is right.")
                : result.mistakes.isEmpty()
                ? tr("The description is right. %n example(s) fit.", nullptr, static_cast<int>(result.examples.size()))
                : tr("The description can be used; %n thing(s) to look at.", nullptr,
                    static_cast<int>(result.mistakes.size())));
    } else {
        // What was shown last stays: people are in the middle of typing.
        m_state->setText(tr("%n mistake(s): the message is shown as it was read before.", nullptr,
            static_cast<int>(result.mistakes.size())));
        return;
    }
    m_structure->setMessage(result.message);
    m_bytes->setMessage(result.message, HexView::Keep::Position);
    m_summary->setFullText(result.summary);
    m_error->setError(result.message ? result.message->annotation.error() : std::nullopt);
}

void ProtocolEditor::save()
{
    if (m_isSaving) {
        m_savesAgain = true; // two at once might end in the other order
        return;
    }
    m_isSaving = true;
    const int revision = m_text->document()->revision();
    writeFile(m_file, m_text->toPlainText().toUtf8(), {}, this, [this, revision](const FileWritten& written) {
        m_isSaving = false;
        if (std::exchange(m_savesAgain, false)) {
            save();
            return;
        }
        const bool closes = std::exchange(m_closes, false);
        if (!written.isDone()) {
            m_state->setText(written.failure.oneLine());
            return;
        }
        if (m_text->document()->revision() == revision) { // nothing was typed meanwhile
            m_text->document()->setModified(false);
        }
        showTitle();
        if (closes) {
            close();
        }
    });
}

void ProtocolEditor::closeEvent(QCloseEvent* event)
{
    if (!isChanged()) {
        event->accept();
        return;
    }
    event->ignore();
    askToSave();
}

void ProtocolEditor::askToSave()
{
    auto* question = new QMessageBox(QMessageBox::Question, tr("Protocol"),
        tr("“%1” has changes that are not saved.").arg(QFileInfo(m_file).fileName()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QMessageBox::finished, this, [this](int button) {
        if (button == QMessageBox::Save) {
            m_closes = true;
            save();
        } else if (button == QMessageBox::Discard) {
            m_text->document()->setModified(false);
            close();
        }
    });
    question->open();
}

} // namespace sockeye
