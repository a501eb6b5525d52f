// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/simple_format.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTableView;

namespace sockeye {

class FormatFieldsModel;

/// "New protocol…": a form for messages that are a row of fields, and the description that comes of it. Writes a file
/// into the user's folder.
class NewProtocolDialog : public QDialog {
    Q_OBJECT
public:
    explicit NewProtocolDialog(QWidget* parent = nullptr);

    [[nodiscard]] kaitai::SimpleFormat format() const;

    void accept() override;

Q_SIGNALS:
    void created(const QString& file);

private:
    QWidget* makeTable();
    void show();
    void write(const QString& file, const QByteArray& text, bool edit, bool replaces);
    void askToReplace(const QString& file, const QByteArray& text, bool edit);
    void finish(bool edit);

    QLineEdit* m_title;
    QLineEdit* m_name;
    QComboBox* m_order;
    FormatFieldsModel* m_fields;
    QTableView* m_table;
    QPlainTextEdit* m_text;
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
    bool m_nameIsOwn = false; ///< typed by the user, no longer made of the title
    bool m_isWriting = false;
};

} // namespace sockeye
