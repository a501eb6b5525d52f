// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/file_field.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace sockeye {

namespace {
constexpr int longestName = 4096;
} // namespace

FileField::FileField(const QString& name, const QString& hint, QWidget* parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_name(name)
{
    m_edit->setAccessibleName(name);
    m_edit->setPlaceholderText(hint);
    m_edit->setMaxLength(longestName);
    m_edit->setMinimumWidth(120);
    auto* button = new QToolButton(this);
    button->setText(tr("Choose…"));
    button->setAccessibleName(tr("Choose %1").arg(name));
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, &FileField::choose);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_edit, 1);
    row->addWidget(button);
    setFocusProxy(m_edit);
}

QString FileField::file() const
{
    return m_edit->text().trimmed();
}

void FileField::setFile(const QString& file)
{
    m_edit->setText(file);
}

void FileField::choose()
{
    auto* dialog = new QFileDialog(this, m_name, file(), tr("PEM files (*.pem *.crt *.cer *.key);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &FileField::setFile);
    dialog->open();
}

} // namespace sockeye
