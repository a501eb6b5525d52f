// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/simple_format.h"

#include <QAbstractTableModel>

namespace sockeye {

/// The fields of a format as a table that is edited in place: name, what it is, how many bytes, and the value or
/// algorithm.
class FormatFieldsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : quint8 { Name, Kind, Size, Value, ColumnCount };

    explicit FormatFieldsModel(QObject* parent = nullptr);

    [[nodiscard]] const QList<kaitai::SimpleField>& fields() const { return m_fields; }
    void setFields(const QList<kaitai::SimpleField>& fields);
    void setMistake(qsizetype field, const QString& text); ///< -1: none

    void add(int row); ///< a new field in front of that row
    void remove(int row);
    void move(int row, int by); ///< up or down by one

    [[nodiscard]] static QString kindText(kaitai::SimpleField::Kind kind);
    [[nodiscard]] static QStringList kindTexts(); ///< in the order of the enum

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    void edited();

private:
    [[nodiscard]] QString sizeText(const kaitai::SimpleField& field) const;
    [[nodiscard]] QString valueText(const kaitai::SimpleField& field) const;
    void takeSize(kaitai::SimpleField& field, const QString& text);
    void takeValue(kaitai::SimpleField& field, const QString& text);
    [[nodiscard]] static bool hasSize(kaitai::SimpleField::Kind kind);
    [[nodiscard]] static bool hasValue(kaitai::SimpleField::Kind kind);

    QList<kaitai::SimpleField> m_fields;
    qsizetype m_wrong = -1;
    QString m_mistake;
};

} // namespace sockeye
