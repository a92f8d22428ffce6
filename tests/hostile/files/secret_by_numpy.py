# Has NumPy, Matplotlib and others read the instructor's file, and show it in an error.
import configparser
import linecache
import tokenize

import matplotlib.image
import matplotlib.style
import numpy as np

for read in (
    np.loadtxt, np.genfromtxt, np.load, np.fromregex, matplotlib.image.imread, matplotlib.style.use,
    lambda path: configparser.ConfigParser().read(path), linecache.getlines, tokenize.open,
):
    try:
        print(read("@SECRET@"))
    except Exception as error:
        print(type(error).__name__, error)
%run @SECRET@
%load @SECRET@
%pycat @SECRET@
