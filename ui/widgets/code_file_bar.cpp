// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/code_file_bar.h"

#include "app/rules/text_file.h"
#include "ui/widgets/code_edit.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/unsaved_question.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <utility>

namespace sockeye {

CodeFileBar::CodeFileBar(CodeEdit* text, const CodeFileWords& words, QWidget* parent)
    : QWidget(parent)
    , m_text(text)
    , m_words(words)
    , m_line(new QHBoxLayout(this))
    , m_save(new QAction(tr("&Save"), this))
    , m_name(new ElidedLabel(this))
{
    auto* open = new QAction(tr("&Open…"), this);
    open->setToolTip(tr("The text of a file, which is read again when it changes"));
    auto* saveAs = new QAction(tr("Save &as…"), this);
    m_save->setToolTip(tr("Write the text to its file"));
    auto* button = new QToolButton(this);
    button->setText(tr("Fi&le"));
    button->setAccessibleName(words.button);
    button->setToolTip(tr("Open and save this text"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setMenu(new QMenu(button));
    button->menu()->addActions({ open, m_save, saveAs });
    button->menu()->setToolTipsVisible(true);
    m_name->setAccessibleName(words.nameOfFile);
    m_line->setContentsMargins(8, 4, 8, 0);
    m_line->setSpacing(8);
    m_line->addWidget(button);
    m_line->addWidget(m_name, 1);
    connect(open, &QAction::triggered, this,
        [this] { whenSettled(tr("The text of another file takes its place."), [this] { choose(); }); });
    connect(saveAs, &QAction::triggered, this, &CodeFileBar::chooseNew);
    connect(m_save, &QAction::triggered, this, &CodeFileBar::saveOrChoose);
    connect(m_text, &QPlainTextEdit::textChanged, this, &CodeFileBar::showFile);
    connect(m_text->document(), &QTextDocument::modificationChanged, this, &CodeFileBar::showFile);
    connect(&m_saver, &FileSaver::failed, this, [this](const QString& sentence) {
        m_whenSaved = nullptr;
        showFile();
        Q_EMIT statusMessage(tr("%1 Choose another place.").arg(sentence));
    });
    connect(&m_saver, &FileSaver::saved, this, [this](const QString& file) {
        if (m_text->toPlainText() == m_saving) {
            m_text->document()->setModified(false);
        }
        follow(file);
        if (const auto act = std::exchange(m_whenSaved, nullptr); act && !hasUnsaved()) {
            act();
        }
    });
    connect(&m_saver, &FileSaver::busyChanged, this, &CodeFileBar::showFile);
    showFile();
}

void CodeFileBar::addLeft(QWidget* widget)
{
    m_line->insertWidget(0, widget);
}

void CodeFileBar::addRight(QWidget* widget)
{
    m_line->addWidget(widget);
}

bool CodeFileBar::isChanged() const
{
    return m_text->document()->isModified();
}

void CodeFileBar::begin(const QString& text)
{
    m_first = text;
    m_text->setPlainText(text);
    m_text->document()->setModified(false);
}

bool CodeFileBar::hasOwnText() const
{
    return m_text->toPlainText() != m_first;
}

bool CodeFileBar::hasUnsaved() const
{
    return m_file.isEmpty() ? hasOwnText() && !m_text->toPlainText().trimmed().isEmpty() : isChanged();
}

void CodeFileBar::whenSettled(const QString& why, const std::function<void()>& act)
{
    if (!hasUnsaved()) {
        act();
        return;
    }
    const auto save = [this, act] {
        m_whenSaved = act;
        saveOrChoose();
    };
    askAboutUnsaved(
        this, { m_words.saveTitle, m_file.isEmpty() ? m_words.none : changesNotSaved(m_file), why }, save, act);
}

void CodeFileBar::saveOrChoose()
{
    m_file.isEmpty() ? chooseNew() : save(m_file);
}

void CodeFileBar::showFile()
{
    m_name->setFullText(m_file.isEmpty() ? m_words.none : isChanged() ? tr("%1, changed").arg(m_file) : m_file);
    m_save->setEnabled((m_file.isEmpty() || isChanged()) && !m_saver.isBusy());
}

void CodeFileBar::choose()
{
    auto* dialog = new QFileDialog(this, m_words.openTitle, {}, m_words.kinds);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CodeFileBar::open);
    dialog->open();
}

void CodeFileBar::chooseNew()
{
    auto* dialog = new QFileDialog(this, m_words.saveTitle, {}, m_words.kinds);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(m_words.suffix);
    connect(dialog, &QFileDialog::fileSelected, this, &CodeFileBar::save);
    connect(dialog, &QFileDialog::rejected, this, [this] { m_whenSaved = nullptr; });
    dialog->open();
}

void CodeFileBar::save(const QString& file)
{
    if (!m_saver.isBusy()) {
        m_saving = m_text->toPlainText();
        m_saver.save(file, [file, bytes = m_saving.toUtf8()](const SaveProgress&) { return writeWhole(file, bytes); });
    }
}

void CodeFileBar::open(const QString& file)
{
    follow(file);
    m_loads = true;
    readAgain();
}

void CodeFileBar::watch(const QStringList& files)
{
    m_also = files;
    if (m_watch) {
        m_watch->watch(files);
    }
}

void CodeFileBar::follow(const QString& file)
{
    m_file = QFileInfo(file).absoluteFilePath();
    m_watch = std::make_unique<FileWatch>();
    m_watch->watch(QStringList(m_file) + m_also);
    connect(m_watch.get(), &FileWatch::changed, this, &CodeFileBar::readAgain);
    showFile();
}

void CodeFileBar::readAgain()
{
    m_reading.start([file = m_file] { return fileText(file); },
        [this, file = m_file](const tl::expected<QString, QString>& text) {
            if (file != m_file) {
                return;
            }
            m_watch->watch(QStringList(m_file) + m_also);
            if (text) {
                take(*text);
            } else {
                m_loads = false;
                Q_EMIT statusMessage(text.error());
            }
        });
}

void CodeFileBar::take(QString text)
{
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n")); // as the editor has it
    const bool loads = std::exchange(m_loads, false);
    const QString before = m_text->toPlainText();
    if (text == before) {
        m_text->document()->setModified(false);
    } else if (!loads && isChanged()) {
        Q_EMIT statusMessage(
            tr("%1 has changed on disk. What is written here was changed, too, and stays.").arg(m_file));
        return;
    } else {
        m_text->setPlainText(text);
        m_text->document()->setModified(false);
    }
    showFile();
    Q_EMIT read(before);
}

QJsonObject CodeFileBar::saveState() const
{
    constexpr qsizetype longestKept = 256 * 1024;
    QJsonObject state { { QStringLiteral("file"), m_file } };
    if (m_file.isEmpty() || isChanged()) {
        state.insert(QStringLiteral("text"), m_text->toPlainText().left(longestKept));
    }
    return state;
}

void CodeFileBar::restoreState(const QJsonObject& state)
{
    const QString file = state.value(QLatin1StringView("file")).toString();
    const QJsonValue text = state.value(QLatin1StringView("text"));
    if (text.isString()) {
        m_text->setPlainText(text.toString());
        m_text->document()->setModified(!file.isEmpty());
        if (!file.isEmpty()) {
            follow(file);
        }
    } else if (!file.isEmpty()) {
        open(file);
    }
}

} // namespace sockeye
