#pragma once
#include <QDir>
#include <QImage>
#include <QObject>
#include <QTemporaryDir>
#include <memory>

#include "tests/support/fake_backend.h"
#include "tests/support/fake_pictures.h"
#include "ui/shell/main_window.h"

QObject* makeShellTest();
QObject* makeSubjectTest();
QObject* makePriorsTest();
QObject* makeHelperTest();
QObject* makeSettingsTest();
QObject* makeLanguagesTest();

/// A window on a fake backend, with a folder of painted photos.
struct Studio {
  explicit Studio(int photos = 3) {
    for (int k = 0; k < photos; ++k) {
      const QString file = folder.filePath(QStringLiteral("photo-%1.png").arg(k));
      likeness::paintScene(k, 1.0, 300).copy(0, 0, 300, 240).save(file);
      files.append(file);
    }
    window.resize(1280, 800);
    window.show();
  }
  template <typename T>
  T* find(const char* name) {
    return window.findChild<T*>(QLatin1String(name));
  }

  QTemporaryDir folder;
  QStringList files;
  likeness::FakeBackend backend;
  likeness::MainWindow window{&backend};
};
