#include <QtTest>

#include "core/tensor/torch.h"

int runPhotoOrientationTests(int argc, char** argv);
int runPhotoColourTests(int argc, char** argv);
int runPhotoKindsTests(int argc, char** argv);
int runPhotoBadTests(int argc, char** argv);
int runPhotoCropTests(int argc, char** argv);
int runPhotoLooksTests(int argc, char** argv);
int runPhotoFindingsTests(int argc, char** argv);
int runPictureFileTests(int argc, char** argv);
int runPictureTextsTests(int argc, char** argv);
int runPictureLatentsTests(int argc, char** argv);

int main(int argc, char** argv) {
  at::set_num_threads(2);
  return runPhotoOrientationTests(argc, argv) | runPhotoColourTests(argc, argv) | runPhotoKindsTests(argc, argv) |
         runPhotoBadTests(argc, argv) | runPhotoCropTests(argc, argv) | runPhotoLooksTests(argc, argv) |
         runPhotoFindingsTests(argc, argv) | runPictureFileTests(argc, argv) | runPictureTextsTests(argc, argv) | runPictureLatentsTests(argc, argv);
}
