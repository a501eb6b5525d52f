// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where a send list comes from and goes to.

#include "ui/sendlist/send_list_model.h"
#include "ui/sendlist/send_list_panel.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/unsaved_question.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace sockeye {

namespace {

constexpr qsizetype maxSavedText = 256 * 1024; ///< characters that a workspace keeps

} // namespace

void SendListPanel::buildFileMenu()
{
    auto* const menu = new QMenu(m_fileMenu);
    menu->addAction(tr("New"), this, [this] {
        whenReplaceable([this] {
            m_model->setList({});
            setFile({}, false);
        });
    });
    menu->addAction(tr("Open…"), this, [this] { whenReplaceable([this] { chooseFile(); }); });
    menu->addAction(tr("Import from Packet Sender…"), this, &SendListPanel::chooseImport);
    menu->addAction(tr("Add the messages selected in Messages"), this, &SendListPanel::selectedWanted);
    menu->addSeparator();
    menu->addAction(tr("Save"), this, &SendListPanel::saveOrChoose);
    menu->addAction(tr("Save as…"), this, &SendListPanel::chooseNewFile);
    m_fileMenu->setMenu(menu);
    m_fileMenu->setPopupMode(QToolButton::InstantPopup);
}

void SendListPanel::setFile(const QString& file, bool isChanged)
{
    m_file = file.isEmpty() ? QString() : QFileInfo(file).absoluteFilePath();
    m_isChanged = isChanged;
    showFile();
}

QString SendListPanel::title() const
{
    const QString page = m_owner ? m_owner() : QString();
    return m_file.isEmpty() ? page : tr("%1, %2").arg(page, QFileInfo(m_file).fileName());
}

bool SendListPanel::hasChanges() const
{
    return m_isChanged && m_model->rowCount() > 0;
}

void SendListPanel::showFile()
{
    const QString name = QFileInfo(m_file).fileName();
    m_name->setFullText(m_file.isEmpty() ? hasChanges() ? tr("in no file yet") : QString()
            : m_isChanged ? QString(u'*' + name)
                                         : name);
    m_name->setToolTip(m_file.isEmpty() ? tr("“List” saves it; a workspace keeps it, too.")
            : m_isChanged               ? tr("%1, changed since it was saved").arg(m_file)
                                        : m_file);
    m_fileMenu->setToolTip(m_file.isEmpty() ? tr("Open, save and import lists") : m_file);
    placeName();
}

/// The file's name in a line of its own where the buttons leave it no room.
void SendListPanel::placeName()
{
    auto* const column = qobject_cast<QVBoxLayout*>(layout());
    const bool isBeside = m_run->indexOf(m_name) >= 0;
    const bool fits = m_run->minimumSize().width() + m_name->fullWidth() <= width();
    if (isBeside && !fits) {
        m_run->removeWidget(m_name);
        column->insertWidget(column->indexOf(m_table), m_name);
    } else if (!isBeside && fits) {
        column->removeWidget(m_name);
        m_run->insertWidget(m_run->indexOf(m_fileMenu), m_name, 1);
    }
    m_name->setVisible(!m_name->fullText().isEmpty());
}

void SendListPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeName();
}

void SendListPanel::whenReplaceable(const std::function<void()>& act)
{
    whenSettled(tr("Another list takes its place."), act);
}

void SendListPanel::whenClosable(const std::function<void()>& act)
{
    whenSettled(tr("It closes with its page."), act);
}

void SendListPanel::whenSettled(const QString& why, const std::function<void()>& act)
{
    if (!hasChanges()) {
        act();
        return;
    }
    const QString what = m_file.isEmpty() ? tr("The list is in no file yet.") : changesNotSaved(m_file);
    const auto save = [this, act] {
        m_whenSaved = act;
        saveOrChoose();
    };
    askAboutUnsaved(this, { tr("Send list"), what, why }, save, act);
}

void SendListPanel::chooseFile()
{
    auto* const dialog = new QFileDialog(this, tr("Open a send list"), {}, tr("TOML (*.toml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SendListPanel::open);
    dialog->open();
}

void SendListPanel::chooseImport()
{
    auto* const dialog = new QFileDialog(
        this, tr("Import from Packet Sender"), {}, tr("Packets of Packet Sender (*.ini *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SendListPanel::importFrom);
    dialog->open();
}

void SendListPanel::importFrom(const QString& file)
{
    m_reading->importFrom(file);
}

void SendListPanel::take(const std::shared_ptr<const Capture>& capture, const RowChoice& choice)
{
    m_reading->take(capture, choice, m_use);
}

void SendListPanel::takeImported(const ImportedList& imported, const QString& problem)
{
    if (!problem.isEmpty()) {
        say(problem, true);
        Q_EMIT taken(problem);
        return;
    }
    int count = 0;
    for (const ListMessage& message : imported.list.messages) {
        count += m_model->insert(m_model->rowCount(), message) ? 1 : 0;
    }
    if (count > 0) {
        m_table->setCurrentIndex(m_model->index(m_model->rowCount() - count, SendListModel::Name));
    }
    say(QString(tr("%n message(s) added.", nullptr, count) + u' ' + imported.note).trimmed());
    Q_EMIT taken(
        QString(tr("%n message(s) added to the send list of “%1”.", nullptr, count).arg(title()) + u' ' + imported.note)
            .trimmed());
}

void SendListPanel::chooseNewFile()
{
    auto* const dialog = new QFileDialog(this, tr("Save the send list"), m_file, tr("TOML (*.toml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("toml"));
    connect(dialog, &QFileDialog::fileSelected, this, &SendListPanel::save);
    connect(dialog, &QFileDialog::rejected, this, [this] { m_whenSaved = nullptr; });
    dialog->open();
}

void SendListPanel::save(const QString& file)
{
    m_saving = m_revision;
    m_reading->save(m_model->list(), file);
}

void SendListPanel::takeSaved(const QString& file, const QString& why)
{
    const auto act = std::exchange(m_whenSaved, nullptr);
    if (!why.isEmpty()) {
        say(why, true);
        return;
    }
    setFile(file, m_saving != m_revision);
    say(tr("Saved as %1.").arg(file));
    if (act && !m_isChanged) {
        act();
    }
}

void SendListPanel::saveOrChoose()
{
    if (m_file.isEmpty()) {
        chooseNewFile();
    } else {
        save(m_file);
    }
}

void SendListPanel::open(const QString& file)
{
    m_comesBackChanged = false;
    m_reading->open(file, m_use);
}

void SendListPanel::takeOpened(const ListFile& read, const QString& file)
{
    if (read.list.messages.empty()) { // nothing of it could be read: what is there stays
        say(read.sentences(file).value(0), true);
        return;
    }
    m_model->setList(read.list);
    setFile(file, std::exchange(m_comesBackChanged, false) || file.isEmpty());
    showProblems(read);
    m_table->setCurrentIndex(m_model->index(0, SendListModel::Name));
}

QJsonObject SendListPanel::saveState() const
{
    QJsonObject state { { QStringLiteral("columns"), m_table->saveColumns() } };
    if (!m_file.isEmpty()) {
        state.insert(QStringLiteral("file"), m_file);
    }
    const QString text = m_model->rowCount() > 0 ? sendListText(m_model->list()) : QString();
    if (!text.isEmpty() && text.size() <= maxSavedText) {
        state.insert(QStringLiteral("text"), text);
        state.insert(QStringLiteral("changed"), m_isChanged);
    }
    return state;
}

void SendListPanel::restore(const QJsonObject& state)
{
    m_table->restoreColumns(state.value(u"columns").toObject());
    const QString file = state.value(u"file").toString();
    const QString text = state.value(u"text").toString();
    if (!text.isEmpty()) {
        m_comesBackChanged = state.value(u"changed").toBool();
        m_reading->take(text, file, m_use);
    } else if (!file.isEmpty()) {
        open(file);
    }
}

} // namespace sockeye
