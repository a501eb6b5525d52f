// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLineEdit;

namespace sockeye {

/// The name of a file, typed or chosen in a dialog.
class FileField : public QWidget {
    Q_OBJECT
public:
    /// `name` is the field's accessible name; `hint` stands in the empty field.
    FileField(const QString& name, const QString& hint, QWidget* parent);

    [[nodiscard]] QString file() const; ///< as entered, without blanks around it
    void setFile(const QString& file);

private:
    void choose();

    QLineEdit* m_edit;
    QString m_name;
};

} // namespace sockeye
