#pragma once
// The one precompiled LibTorch header: only what the project uses, because each file that reads it pays for it, above
// all for templates that are instantiated anew in every file (torch/nn/functional.h and the layers alone cost 3 s).
#ifndef Q_MOC_RUN  // Qt's moc would read all of it for every test, a minute each
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/utils.h>
#endif
