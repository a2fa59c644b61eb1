#include "ui/widgets/file_choice.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QStandardPaths>

namespace likeness {
namespace {

QFileDialog* makeDialog(QWidget* parent, const QString& title, const QString& start) {
  auto* dialog = new QFileDialog(parent, title, start);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  return dialog;
}

}  // namespace

void choosePhotos(QWidget* parent, const QString& title, std::function<void(const QStringList&)> chosen) {
  auto* dialog = makeDialog(parent, title, QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
  dialog->setFileMode(QFileDialog::ExistingFiles);
  const QString endings = QStringLiteral(
      "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.heic *.heif *.avif *.bmp *.exr *.dng *.cr2 *.cr3 *.nef *.arw *.raf *.orf "
      "*.rw2 *.pef *.srw");
  dialog->setNameFilters({QCoreApplication::translate("likeness::FileChoice", "Photos (%1)").arg(endings),
                          QCoreApplication::translate("likeness::FileChoice", "All files (*)")});
  QObject::connect(dialog, &QFileDialog::filesSelected, parent, [chosen](const QStringList& files) {
    if (!files.isEmpty()) chosen(files);
  });
  dialog->open();
}

void chooseFolder(QWidget* parent, const QString& title, const QString& start,
                  std::function<void(const QString&)> chosen) {
  auto* dialog = makeDialog(parent, title, start);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  QObject::connect(dialog, &QFileDialog::fileSelected, parent, [chosen](const QString& folder) {
    if (!folder.isEmpty()) chosen(folder);
  });
  dialog->open();
}

}  // namespace likeness
