// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/unsaved_question.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMessageBox>

namespace sockeye {

QString changesNotSaved(const QString& file)
{
    return QCoreApplication::translate("sockeye::Unsaved", "“%1” has changes that are not saved.")
        .arg(QFileInfo(file).fileName());
}

void askAboutUnsaved(
    QWidget* parent, const Unsaved& unsaved, const std::function<void()>& save, const std::function<void()>& discard)
{
    auto* const question = new QMessageBox(QMessageBox::Question, unsaved.title, unsaved.what,
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, parent);
    question->setInformativeText(unsaved.why);
    question->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(question, &QMessageBox::finished, parent, [save, discard](int button) {
        if (button == QMessageBox::Save) {
            save();
        } else if (button == QMessageBox::Discard) {
            discard();
        }
    });
    question->open();
}

} // namespace sockeye
