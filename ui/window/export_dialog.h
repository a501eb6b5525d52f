// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/export.h"
#include "ui/messages/exportable_messages.h"

#include <QDialog>

class QButtonGroup;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sockeye {

/// Asks which messages to export, as what and where to. Blocks nothing: show it with open().
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    /// `file` is proposed, without its suffix; `preferSelected`: the selected messages are meant, however few.
    ExportDialog(
        const ExportableMessages& messages, const QString& file, bool preferSelected, QWidget* parent = nullptr);

    [[nodiscard]] ExportFormat format() const;
    [[nodiscard]] RowChoice rows() const;
    [[nodiscard]] QString file() const; ///< absolute
    /// Fields of messages by their paths, for formats that take them.
    [[nodiscard]] QByteArrayList fields() const;
    /// Those that can be named; nothing where only messages know. Names are offered, others can be typed.
    void setFieldNames(const QStringList& names);

private:
    enum Scope : int { All, Shown, Selected };
    void addFormat(QGridLayout* grid);
    void addScope(QGridLayout* grid, bool preferSelected);
    void addFields(QGridLayout* grid);
    void addFile(QGridLayout* grid);
    void addField(const QString& name);
    [[nodiscard]] bool takesFields() const;
    void formatChanged();
    void fileChanged();
    void browse();

    const ExportableMessages m_messages;
    const QString m_folder;
    QComboBox* m_format = nullptr;
    QLabel* m_about = nullptr; ///< the format
    QButtonGroup* m_scope = nullptr;
    QLabel* m_fieldsLabel = nullptr;
    QLineEdit* m_fields = nullptr;
    QPushButton* m_addField = nullptr;
    QLineEdit* m_file = nullptr;
    QLabel* m_warning = nullptr;
    QPushButton* m_export = nullptr;
};

} // namespace sockeye
