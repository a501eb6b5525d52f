// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the text of rules comes from and goes to.

#include "ui/rules/rules_edit.h"
#include "ui/rules/rules_panel.h"
#include "ui/widgets/elided_label.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>
#include <QSaveFile>

#include <utility>

namespace sockeye {

bool RulesPanel::isChanged() const
{
    return m_text->document()->isModified();
}

void RulesPanel::showFile()
{
    m_name->setFullText(m_file.isEmpty() ? tr("These rules are in no file.")
            : isChanged()                ? tr("%1, changed").arg(m_file)
                                         : m_file);
    m_save->setEnabled(m_file.isEmpty() || isChanged());
}

void RulesPanel::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Open rules"), {}, tr("TOML (*.toml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &RulesPanel::open);
    dialog->open();
}

void RulesPanel::chooseNewFile()
{
    auto* dialog = new QFileDialog(this, tr("Save rules"), {}, tr("TOML (*.toml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("toml"));
    connect(dialog, &QFileDialog::fileSelected, this, &RulesPanel::save);
    dialog->open();
}

void RulesPanel::saveOrChoose()
{
    m_file.isEmpty() ? chooseNewFile() : save(m_file);
}

void RulesPanel::save(const QString& file)
{
    const QByteArray text = m_text->toPlainText().toUtf8();
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size() || !out.commit()) {
        Q_EMIT statusMessage(tr("%1 cannot be written: %2. Choose another place.").arg(file, out.errorString()));
        return;
    }
    m_text->document()->setModified(false);
    follow(file);
    showFile();
}

void RulesPanel::open(const QString& file)
{
    follow(file);
    m_loads = true;
    m_watch->readAgain();
}

void RulesPanel::follow(const QString& file)
{
    m_file = QFileInfo(file).absoluteFilePath();
    // It has a shelf of its own: here the text decides what is in force.
    m_watch = std::make_unique<RuleWatch>(std::make_shared<RuleShelf>(), m_file, m_use);
    connect(m_watch.get(), &RuleWatch::read, this, &RulesPanel::fileRead);
    showFile();
}

void RulesPanel::fileRead(const RuleFile& read)
{
    const bool loads = std::exchange(m_loads, false);
    if (!read.failure.isEmpty()) {
        Q_EMIT statusMessage(read.failure);
        return;
    }
    if (read.text == m_text->toPlainText()) {
        m_text->document()->setModified(false);
        tryOut(); // a file that it names may have changed
        m_appliesWhenRead |= m_hasApplied && m_inForce == read.text;
        showFile();
        return;
    }
    if (!loads && isChanged()) {
        Q_EMIT statusMessage(
            tr("%1 has changed on disk. What is written here was changed, too, and stays.").arg(m_file));
        return;
    }
    const bool wasActive = m_running && m_hasApplied && m_inForce == m_text->toPlainText();
    m_text->setPlainText(read.text);
    m_text->document()->setModified(false);
    showFile();
    m_appliesWhenRead |= wasActive;
    tryOut();
}

} // namespace sockeye
